using System.Globalization;

namespace NeuralDigits.Cli;

/// <summary>The quality floor that a model has to reach.</summary>
internal static class AccuracyFloor
{
    public static void Check(EvaluationResult result, double? floor)
    {
        if (result.Accuracy < floor)
        {
            throw new CheckFailedException(string.Create(
                CultureInfo.InvariantCulture,
                $"the test accuracy {result.Accuracy:0.0000} ({result.Correct} of {result.Count}) is below the floor of {floor} set by --min-accuracy."));
        }
    }
}
