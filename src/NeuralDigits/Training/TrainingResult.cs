namespace NeuralDigits;

/// <summary>What a training ends with.</summary>
/// <param name="Network">The network after the last epoch; if the training was cancelled, after the best one.</param>
/// <param name="History">One report for each epoch that was gone through, its evaluation included, in order.</param>
/// <param name="BestEpoch">
/// The epoch, from 0, after which the network did best: with the most validation examples right, of equals with the lowest validation cost;
/// without a validation set, with the lowest training cost. Of several such epochs, the first.
/// </param>
/// <param name="WasCancelled">Whether the training was cancelled before its last epoch was over.</param>
public sealed record TrainingResult(Network Network, IReadOnlyList<EpochReport> History, int BestEpoch, bool WasCancelled);
