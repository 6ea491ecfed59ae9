namespace NeuralDigits.Cli.Tests;

/// <summary>A clock on which every wait is over at once. It remembers how long the waits were to be.</summary>
internal sealed class ImpatientClock : TimeProvider
{
    private readonly List<TimeSpan> _waits = [];
    private long _timestamp;

    public IReadOnlyList<TimeSpan> Waits => _waits;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _timestamp;

    public void Advance(TimeSpan time) => _timestamp += time.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime > TimeSpan.Zero)
            _waits.Add(dueTime);
        return System.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? TimeSpan.Zero : dueTime, period);
    }
}
