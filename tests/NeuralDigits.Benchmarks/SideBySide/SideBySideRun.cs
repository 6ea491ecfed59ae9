using System.Globalization;

namespace NeuralDigits.Benchmarks;

/// <summary>Measures comparisons in turn, all of them in each round, so that what disturbs the machine for a while disturbs both sides.</summary>
internal sealed class SideBySideRun(TextWriter progress)
{
    private readonly List<string> _skipped = [];

    /// <summary>The comparisons whose peer is not installed, each with the reason.</summary>
    public IReadOnlyList<string> Skipped => _skipped;

    /// <summary>Measures all comparisons whose peers are there.</summary>
    /// <returns>Their results, in the same order.</returns>
    public async Task<IReadOnlyList<ComparisonResult>> MeasureAsync(
        IReadOnlyList<Comparison> comparisons, int rounds, CancellationToken cancellation)
    {
        List<Comparison> possible = await WithoutMissingAsync(comparisons, cancellation);
        List<Round>[] times = [.. possible.Select(_ => new List<Round>())];
        for (int round = 0; round < rounds; round++)
        {
            for (int c = 0; c < possible.Count; c++)
            {
                progress.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {round + 1} of {rounds}: {possible[c].What}"));
                times[c].Add(new Round(
                    await TimesAsync("peer", possible[c].Peer, round, cancellation),
                    await TimesAsync("ours", possible[c].Ours, round, cancellation)));
            }
        }

        return [.. possible.Zip(times, (comparison, rounds) => new ComparisonResult(comparison.What, rounds))];
    }

    private async Task<List<Comparison>> WithoutMissingAsync(IEnumerable<Comparison> comparisons, CancellationToken cancellation)
    {
        var possible = new List<Comparison>();
        foreach (Comparison comparison in comparisons)
        {
            if (comparison.Peer is null || await comparison.Peer.WhyMissingAsync(cancellation) is not { } reason)
            {
                possible.Add(comparison);
                continue;
            }

            _skipped.Add($"{comparison.What}: {reason}");
            progress.WriteLine($"skipped: {_skipped[^1]}");
        }

        return possible;
    }

    private async Task<IReadOnlyDictionary<int, double>> TimesAsync(
        string side, IContender? contender, int round, CancellationToken cancellation)
    {
        var times = new Dictionary<int, double>();
        foreach (int threads in contender?.ThreadCounts ?? [])
        {
            times[threads] = await contender!.MeasureAsync(threads, round, cancellation);
            progress.WriteLine($"  {side}, threads {threads}: {Duration.Format(times[threads])}");
        }

        return times;
    }
}
