namespace NeuralDigits;

/// <summary>
/// Evaluates the network after each epoch and tells of it. Threads that the training of the next epoch leaves idle do so meanwhile, with a
/// copy of the network. Where it leaves none, the evaluation comes first: threads that train together would all wait for the one whose core
/// it took.
/// </summary>
/// <param name="validation">What to evaluate the network on; may be null.</param>
/// <param name="options">How it is trained.</param>
/// <param name="progress">Who is told; may be null.</param>
/// <param name="cancellation">Stops an evaluation.</param>
internal sealed class EpochReports(
    ExampleSet? validation, TrainingOptions options, IProgress<EpochReport>? progress, CancellationToken cancellation)
{
    private readonly List<EpochReport> _history = [];
    private long _start;
    private Network? _copy;
    private Pending? _pending;
    private bool _isEndedByReport;

    /// <summary>The reports so far.</summary>
    public IReadOnlyList<EpochReport> History => _history;

    /// <summary>The best of the epochs that are reported.</summary>
    public BestNetwork Best { get; } = new(keepsCopy: cancellation.CanBeCanceled && !options.ThrowOnCancellation);

    /// <summary>Whether a report is being told. It stays so if whoever is told throws.</summary>
    public bool IsTelling { get; private set; }

    /// <summary>Tells that the training of an epoch begins.</summary>
    public void Begin() => _start = options.Clock.GetTimestamp();

    /// <summary>
    /// Reports the epoch before if its evaluation is done by now, or if it runs on more threads than the coming stretch leaves idle: then one
    /// waits for it.
    /// </summary>
    /// <returns>Whether an evaluation runs beside the stretch.</returns>
    public bool MakeRoom(int idleThreads)
    {
        if (_pending is not null && (_pending.Evaluation.IsCompleted || _pending.Threads > idleThreads))
            Complete();
        return _pending is not null;
    }

    /// <summary>Tells that the training of an epoch is over. The one before is reported, and this one as soon as its evaluation is done.</summary>
    /// <param name="epoch">The epoch.</param>
    /// <param name="cost">The training cost.</param>
    /// <param name="network">The network after it.</param>
    /// <param name="idleThreads">How many threads the next epoch will leave idle, at first.</param>
    public void End(int epoch, double cost, Network network, int idleThreads)
    {
        Complete();

        // With augmentation, idle threads make the images of the next epoch.
        if (validation is not null && idleThreads > 0 && options.Augmentation == Augmentation.None && epoch + 1 < options.Epochs)
        {
            Network copy = CopyOf(network);
            Task<EvaluationResult> later = Task.Run(() => Evaluator.Evaluate(copy, validation, options.Cost, idleThreads, cancellation));
            _pending = new Pending(new EpochReport(epoch, cost, null, options.Clock.GetElapsedTime(_start)), copy, idleThreads, later);
            return;
        }

        EvaluationResult? evaluation = validation is null
            ? null
            : Evaluator.Evaluate(network, validation, options.Cost, options.Threads, cancellation);
        Tell(new EpochReport(epoch, cost, evaluation, options.Clock.GetElapsedTime(_start)), network);
    }

    /// <summary>Waits for the evaluation that is not over, if there is one, and reports its epoch.</summary>
    /// <exception cref="OperationCanceledException">The evaluation was cancelled, or whoever was told has cancelled the training.</exception>
    public void Complete()
    {
        if (_pending is not { } pending)
            return;
        _pending = null;
        long start = options.Clock.GetTimestamp();
        EvaluationResult evaluation = pending.Evaluation.GetAwaiter().GetResult();
        TimeSpan elapsed = pending.Report.Elapsed + options.Clock.GetElapsedTime(start);
        Tell(pending.Report with { Validation = evaluation, Elapsed = elapsed }, pending.Network);

        // All this is no part of the epoch that is being trained; and if it is to end here, nothing that came of it counts.
        _start += options.Clock.GetTimestamp() - start;
        cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>
    /// Does the same after the training of an epoch has failed, or was cancelled. That says more than that the evaluation was cancelled too;
    /// but a report that ends the training leaves nothing to fail.
    /// </summary>
    /// <exception cref="OperationCanceledException">Whoever was told has cancelled the training.</exception>
    public void CompleteAfterFailure()
    {
        try
        {
            Complete();
        }
        catch (OperationCanceledException) when (!IsTelling && !_isEndedByReport)
        {
            // The caller throws the failure.
        }
    }

    private void Tell(EpochReport report, Network network)
    {
        _history.Add(report);
        Best.Consider(network, report);
        bool wasCancelled = cancellation.IsCancellationRequested;
        IsTelling = true;
        progress?.Report(report);
        IsTelling = false;
        _isEndedByReport = !wasCancelled && cancellation.IsCancellationRequested;
    }

    private Network CopyOf(Network network)
    {
        if (_copy is null)
            _copy = network.Clone();
        else
            _copy.CopyFrom(network);
        return _copy;
    }

    /// <summary>An evaluation that runs beside the training.</summary>
    private sealed record Pending(EpochReport Report, Network Network, int Threads, Task<EvaluationResult> Evaluation);
}
