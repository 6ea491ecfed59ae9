namespace NeuralDigits;

/// <summary>What a training ends with.</summary>
/// <param name="Network">The network after the last epoch.</param>
/// <param name="History">One report for each epoch, in order.</param>
public sealed record TrainingResult(Network Network, IReadOnlyList<EpochReport> History);
