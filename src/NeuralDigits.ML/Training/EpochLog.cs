using System.Globalization;
using Microsoft.ML.Runtime;

namespace NeuralDigits.ML;

/// <summary>Writes a line into ML.NET's log after each epoch, and passes the report on.</summary>
/// <param name="log">The log.</param>
/// <param name="epochs">How many epochs there will be.</param>
/// <param name="next">Who else is to be told; may be null.</param>
internal sealed class EpochLog(IChannel log, int epochs, IProgress<EpochReport>? next) : IProgress<EpochReport>
{
    public void Report(EpochReport value)
    {
        string validation = value.Validation is null ? "" : string.Create(
            CultureInfo.InvariantCulture,
            $", {value.Validation.Correct} of {value.Validation.Count} correct in validation ({100 * value.Validation.Accuracy:F2} %)");
        log.Info(MessageSensitivity.None, string.Create(
            CultureInfo.InvariantCulture,
            $"Epoch {value.Epoch + 1} of {epochs}: training cost {value.TrainingCost:F6}{validation}, {value.Elapsed.TotalSeconds:F1} s"));
        next?.Report(value);
    }
}
