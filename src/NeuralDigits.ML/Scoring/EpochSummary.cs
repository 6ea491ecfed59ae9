namespace NeuralDigits.ML;

/// <summary>What a model remembers of an epoch of its training: an <see cref="EpochReport"/> without times, which differ each time.</summary>
/// <param name="Epoch">Which one, from 0.</param>
/// <param name="TrainingCost">The mean cost of the training rows, while the network was still learning.</param>
/// <param name="ValidationCorrect">How many validation rows were right after the epoch; null without a validation set.</param>
/// <param name="ValidationCount">The number of validation rows; null without a validation set.</param>
/// <param name="ValidationCost">Their mean cost after the epoch; null without a validation set.</param>
public sealed record EpochSummary(int Epoch, double TrainingCost, int? ValidationCorrect, int? ValidationCount, double? ValidationCost)
{
    /// <summary>The share of the validation rows that were right, from 0 to 1; null without a validation set.</summary>
    public double? ValidationAccuracy => (double?)ValidationCorrect / ValidationCount;

    internal static EpochSummary Of(EpochReport report) => new(
        report.Epoch, report.TrainingCost, report.Validation?.Correct, report.Validation?.Count, report.Validation?.Cost);
}
