using Microsoft.ML.Runtime;

namespace NeuralDigits.ML;

/// <summary>
/// Unites the two ways to cancel a training: the token among its options, and ML.NET's own way, which sets a flag in the environment and
/// tells nobody. The flag is looked at a hundred times a second.
/// </summary>
internal sealed class TrainingCancellation : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    private readonly CancellationTokenSource _source;
    private readonly Timer? _timer;

    public TrainingCancellation(IHost host, CancellationToken token)
    {
        _source = CancellationTokenSource.CreateLinkedTokenSource(token);
        if (MlNetInternals.CancellationFlagOf(host) is { } isCancelled)
            _timer = new Timer(_ => Look(isCancelled), null, TimeSpan.Zero, Interval);
    }

    public CancellationToken Token => _source.Token;

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
