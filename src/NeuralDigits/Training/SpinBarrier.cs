namespace NeuralDigits;

/// <summary>Where a fixed number of threads wait for one another, for microseconds at most: they spin first, and yield later.</summary>
internal sealed class SpinBarrier(int participants)
{
    // About as long as a mini-batch of a small network takes; a thread that is later than that has lost its core.
    private const int SpinsBeforeYield = 2000;

    private volatile int _generation;
    private volatile bool _broken;
    private int _arrived;

    /// <summary>Waits until all participants are here.</summary>
    /// <returns>False if the barrier is broken: the others may not come any more.</returns>
    public bool Wait()
    {
        int generation = _generation;
        if (Interlocked.Increment(ref _arrived) == participants)
        {
            _arrived = 0;
            _generation = generation + 1;
            return !_broken;
        }

        for (int spins = 0; _generation == generation && !_broken; spins++)
        {
            if (spins < SpinsBeforeYield)
                Thread.SpinWait(1);
            else
                Thread.Yield();
        }

        return !_broken;
    }

    /// <summary>Sends all waiting participants away, for good: one has failed.</summary>
    public void Break() => _broken = true;
}
