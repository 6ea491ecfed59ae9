namespace NeuralDigits.Benchmarks;

/// <summary>One side of a comparison: does the work, and says how long it took.</summary>
internal interface IContender
{
    /// <summary>The numbers of threads that it can be held to, lowest first.</summary>
    IReadOnlyList<int> ThreadCounts { get; }

    /// <summary>Why it cannot run here and what would change that, or null if it can.</summary>
    Task<string?> WhyMissingAsync(CancellationToken cancellation);

    /// <summary>Does the work, and checks that it was done.</summary>
    /// <param name="threads">One of <see cref="ThreadCounts"/>.</param>
    /// <param name="round">The number of the round, from 0: a seed for what is random.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The time in seconds.</returns>
    Task<double> MeasureAsync(int threads, int round, CancellationToken cancellation);
}
