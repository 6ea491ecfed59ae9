namespace NeuralDigits;

/// <summary>Keeps a copy of the network as it was after the best epoch so far.</summary>
/// <param name="keepsCopy">Whether a copy is wanted at all, or only the number of the epoch.</param>
internal sealed class BestNetwork(bool keepsCopy)
{
    /// <summary>The report of the best epoch; null before the first is over.</summary>
    public EpochReport? Report { get; private set; }

    /// <summary>The copy; null before the first epoch is over, or if none is wanted.</summary>
    public Network? Network { get; private set; }

    public void Consider(Network network, EpochReport report)
    {
        if (Report is not null && !IsBetter(report, Report))
            return;
        Report = report;
        if (keepsCopy)
            Network = network.Clone();
    }

    private static bool IsBetter(EpochReport report, EpochReport best)
    {
        if (report.Validation is null)
            return report.TrainingCost < best.TrainingCost;
        int difference = report.Validation.Correct - best.Validation!.Correct;
        return difference > 0 || (difference == 0 && report.Validation.Cost < best.Validation.Cost);
    }
}
