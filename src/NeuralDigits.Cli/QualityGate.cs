using System.Globalization;

namespace NeuralDigits.Cli;

/// <summary>What a model has to reach: a floor, and what the version before it reached on the same images.</summary>
/// <param name="minAccuracy">The floor set by <c>--min-accuracy</c>, from 0 to 1; null for none.</param>
/// <param name="maxRegression">How much worse than the baseline it may be, from 0 to 1, set by <c>--max-regression</c>.</param>
/// <param name="baseline">The version to compare with; null for none.</param>
internal sealed class QualityGate(double? minAccuracy, double maxRegression, ModelDirectory? baseline)
{
    /// <summary>Judges an evaluation, and prints the difference to the baseline.</summary>
    /// <param name="evaluation">The evaluation.</param>
    /// <param name="test">The images it is of.</param>
    /// <param name="labels">The names of their classes.</param>
    /// <param name="threads">How many threads may work.</param>
    /// <param name="output">Where to print.</param>
    /// <returns>The checks that failed, in words.</returns>
    public IReadOnlyList<string> Check(EvaluationResult evaluation, LabelledImages test, IReadOnlyList<string> labels, int threads, TextWriter output)
    {
        var failed = new List<string>();
        if (evaluation.Accuracy < minAccuracy)
        {
            failed.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"The test accuracy {evaluation.Accuracy:0.0000} ({evaluation.Correct} of {evaluation.Count}) is below the floor of {minAccuracy} " +
                $"set by --min-accuracy."));
        }

        if (baseline is not null && FindRegression(evaluation, test, labels, threads, output) is { } regression)
            failed.Add(regression);
        return failed;
    }

    /// <summary>What the manifest says of the gate.</summary>
    /// <param name="failed">The checks that failed, and that did not keep the model from being published.</param>
    public ManifestGate Describe(IReadOnlyList<string> failed) => new()
    {
        MinAccuracy = minAccuracy,
        MaxRegression = maxRegression,
        Baseline = baseline?.Manifest.Version,
        Forced = failed.Count > 0,
        FailedChecks = failed,
    };

    // The baseline is evaluated again: its own figures may be of other images.
    private string? FindRegression(EvaluationResult evaluation, LabelledImages test, IReadOnlyList<string> labels, int threads, TextWriter output)
    {
        string version = baseline!.Manifest.Version;
        Model model = baseline.Model;
        if (model.Network.InputCount != test.PixelsPerImage || model.InputScaling != Model.PixelScaling || !model.Labels.SequenceEqual(labels))
            return $"Version {version}, to compare with, takes other images or knows other classes.";
        var comparison = new EvaluationComparison(Evaluator.Evaluate(model.Network, new ImageExamples(test), Cost.Quadratic, threads), evaluation);
        EvaluationReport.WriteComparison(output, comparison, labels, version);
        return !comparison.IsWorseBy(maxRegression) ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"The test accuracy {evaluation.Accuracy:0.0000} is {-comparison.AccuracyDifference:0.0000} below that of version {version}; " +
            $"--max-regression allows {maxRegression}.");
    }
}
