using Microsoft.ML.Runtime;

namespace NeuralDigits.ML;

/// <summary>
/// Unites the two ways to cancel a training: the token among its options, and ML.NET's own way, which sets a flag in the environment and
/// tells nobody. The flag is looked at a hundred times a second.
/// </summary>
internal sealed class TrainingCancellation : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    private readonly CancellationToken _option;
    private readonly CancellationTokenSource _source;
    private readonly Timer? _timer;

    public TrainingCancellation(IHost host, CancellationToken token)
    {
        _option = token;
        _source = CancellationTokenSource.CreateLinkedTokenSource(token);
        if (MlNetInternals.CancellationFlagOf(host) is { } isCancelled)
            _timer = new Timer(_ => Look(isCancelled), null, TimeSpan.Zero, Interval);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>
    /// What the caller is told: who cancelled, and his own token where it was that one. A task that was started with it then ends as
    /// cancelled, not as failed.
    /// </summary>
    /// <param name="exception">What stopped the work, with <see cref="Token"/>.</param>
    public OperationCanceledException Explain(OperationCanceledException exception) => _option.IsCancellationRequested
        ? new OperationCanceledException("The training was cancelled by the token of its option Cancellation.", exception, _option)
        : new OperationCanceledException("The training was cancelled by MLContext.CancelExecution.", exception);

    public void Dispose()
    {
        if (_timer is not null)
        {
            // Waits for a look that is under way, which would find no source any more.
            using var isOver = new ManualResetEvent(false);
            if (_timer.Dispose(isOver))
                isOver.WaitOne();
        }

        _source.Dispose();
    }

    private void Look(Func<bool> isCancelled)
    {
        if (isCancelled())
            _source.Cancel();
    }
}
