using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NeuralDigits;

/// <summary>Where a fixed number of threads wait for one another, for microseconds at most: they spin first, and sleep later.</summary>
/// <remarks>
/// <para>
/// To arrive and to wait are two steps: between them a thread may do what needs nothing of the others. Each counts its own
/// arrivals in a line of the cache of its own, which it alone writes, so that an arrival is one store.
/// </para>
/// <para>
/// A thread that sleeps frees its core for the one that it waits for. Two that share a core and only yield to each other may
/// do so for tens of milliseconds before the operating system moves one; one that wakes is given an idle core at once.
/// </para>
/// </remarks>
internal sealed class SpinBarrier(int participants)
{
    // As long as a mini-batch of a small network takes, at most.
    private const int LooksBeforeSpin = 2000;

    // A thread that is later than that has lost its core.
    private const int SpinsBeforeSleep = 500;

    // A sleeper is woken; but one that lies down in the very moment may be overlooked.
    private const int LongestSleepMilliseconds = 1;

    private readonly object _bed = new();
    private readonly ArrivalCount[] _arrivals = new ArrivalCount[participants];
    private volatile bool _broken;
    private volatile int _sleepers;

    /// <summary>Tells the others that a participant is here.</summary>
    /// <param name="participant">Which, from 0.</param>
    [MethodImpl(HotPath.Code)]
    public void Arrive(int participant)
    {
        Volatile.Write(ref _arrivals[participant].Value, _arrivals[participant].Value + 1);
        if (_sleepers > 0)
            WakeAll();
    }

    /// <summary>Starts to bring the counts of arrivals into this thread's cache, from the caches of those that have written them.</summary>
    [MethodImpl(HotPath.Code)]
    public void PrefetchArrivals()
    {
        for (int participant = 0; participant < _arrivals.Length; participant++)
            Prefetch.IntoFirstLevel(new ReadOnlySpan<int>(ref _arrivals[participant].Value));
    }

    /// <summary>Waits until all have arrived as often as a participant has.</summary>
    /// <param name="participant">Which, from 0.</param>
    /// <returns>False if the barrier is broken: the others may not come any more.</returns>
    [MethodImpl(HotPath.Code)]
    public bool Wait(int participant)
    {
        int arrivals = _arrivals[participant].Value;
        for (int other = 0; other < _arrivals.Length; other++)
            WaitFor(other, arrivals);
        return !_broken;
    }

    /// <summary>Sends all waiting participants away, for good: one has failed.</summary>
    public void Break()
    {
        _broken = true;
        WakeAll();
    }

    [MethodImpl(HotPath.Code)]
    private void WaitFor(int other, int arrivals)
    {
        for (int looks = 0; looks < LooksBeforeSpin && IsMissing(other, arrivals); looks++)
        {
            // A pause would be longer than most have to wait.
        }

        for (int spins = 0; spins < SpinsBeforeSleep && IsMissing(other, arrivals); spins++)
            Thread.SpinWait(1);
        if (IsMissing(other, arrivals))
            Sleep(other, arrivals);
    }

    // Arrivals may be so many that the counts overflow: their difference stays right.
    private bool IsMissing(int other, int arrivals) => Volatile.Read(ref _arrivals[other].Value) - arrivals < 0 && !_broken;

    private void Sleep(int other, int arrivals)
    {
        lock (_bed)
        {
            _sleepers++;
            while (IsMissing(other, arrivals))
                Monitor.Wait(_bed, LongestSleepMilliseconds);
            _sleepers--;
        }
    }

    private void WakeAll()
    {
        lock (_bed)
            Monitor.PulseAll(_bed);
    }

    // Two lines, since processors fetch them in pairs.
    [StructLayout(LayoutKind.Explicit, Size = 128)]
    private struct ArrivalCount
    {
        [FieldOffset(64)]
        public int Value;
    }
}
