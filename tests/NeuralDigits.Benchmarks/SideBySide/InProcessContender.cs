namespace NeuralDigits.Benchmarks;

/// <summary>A contender that works in this process, with libraries that come with it.</summary>
internal abstract class InProcessContender : IContender
{
    public virtual IReadOnlyList<int> ThreadCounts { get; } = [1, 2];

    public Task<string?> WhyMissingAsync(CancellationToken cancellation) => Task.FromResult<string?>(null);

    public Task<double> MeasureAsync(int threads, int round, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        // What another contender left behind is not to be cleared away while this one is timed.
        GC.Collect();
        return Task.FromResult(Measure(threads, round));
    }

    /// <summary>The work, see <see cref="IContender.MeasureAsync"/>.</summary>
    protected abstract double Measure(int threads, int round);

    /// <summary>The median time of some work, in seconds, after runs that do not count: the first ones compile code and touch memory.</summary>
    protected static double MedianTime(int warmUp, int runs, Action work)
    {
        for (int run = 0; run < warmUp; run++)
            work();
        return Enumerable.Range(0, runs).Select(_ => Time(work)).ToArray().Median();
    }

    /// <summary>The time of some work, in seconds.</summary>
    protected static double Time(Action work)
    {
        long start = TimeProvider.System.GetTimestamp();
        work();
        return TimeProvider.System.GetElapsedTime(start).TotalSeconds;
    }
}
