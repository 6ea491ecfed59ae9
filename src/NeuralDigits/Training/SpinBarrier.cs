namespace NeuralDigits;

/// <summary>Where a fixed number of threads wait for one another, for microseconds at most: they spin first, and sleep later.</summary>
/// <remarks>
/// A thread that sleeps frees its core for the one that it waits for. Two that share a core and only yield to each other may
/// do so for tens of milliseconds before the operating system moves one; one that wakes is given an idle core at once.
/// </remarks>
internal sealed class SpinBarrier(int participants)
{
    // About as long as a mini-batch of a small network takes; a thread that is later than that has lost its core.
    private const int SpinsBeforeSleep = 500;

    private readonly object _bed = new();
    private volatile int _generation;
    private volatile bool _broken;
    private int _arrived;
    private int _sleepers;

    /// <summary>Waits until all participants are here.</summary>
    /// <returns>False if the barrier is broken: the others may not come any more.</returns>
    public bool Wait()
    {
        int generation = _generation;
        if (Interlocked.Increment(ref _arrived) == participants)
        {
            _arrived = 0;
            _generation = generation + 1;
            WakeAll();
            return !_broken;
        }

        for (int spins = 0; spins < SpinsBeforeSleep && IsClosed(generation); spins++)
            Thread.SpinWait(1);
        if (IsClosed(generation))
            Sleep(generation);
        return !_broken;
    }

    /// <summary>Sends all waiting participants away, for good: one has failed.</summary>
    public void Break()
    {
        _broken = true;
        WakeAll();
    }

    private bool IsClosed(int generation) => _generation == generation && !_broken;

    private void Sleep(int generation)
    {
        lock (_bed)
        {
            // Counted before the last look: whoever opens the barrier behind that look finds the sleeper.
            Interlocked.Increment(ref _sleepers);
            while (IsClosed(generation))
                Monitor.Wait(_bed);
            Interlocked.Decrement(ref _sleepers);
        }
    }

    private void WakeAll()
    {
        // A full fence: the sleepers are counted behind the opening.
        if (Interlocked.CompareExchange(ref _sleepers, 0, 0) == 0)
            return;
        lock (_bed)
            Monitor.PulseAll(_bed);
    }
}
