namespace NeuralDigits.Tests;

/// <summary>A clock that stands still, however long a test takes: what waits for a time waits until it is told that the time is over.</summary>
internal sealed class StoppedClock : TimeProvider
{
    private readonly Lock _lock = new();
    private List<StoppedTimer> _timers = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new StoppedTimer(() => callback(state));
        lock (_lock)
            _timers.Add(timer);
        return timer;
    }

    /// <summary>Ends all waits that are on now.</summary>
    public void EndWaits()
    {
        List<StoppedTimer> timers;
        lock (_lock)
            (timers, _timers) = (_timers, []);
        timers.ForEach(timer => timer.Ring());
    }

    private sealed class StoppedTimer(Action ring) : ITimer
    {
        private volatile Action? _ring = ring;

        public void Ring() => _ring?.Invoke();

        public bool Change(TimeSpan dueTime, TimeSpan period) => _ring is not null;

        public void Dispose() => _ring = null;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
