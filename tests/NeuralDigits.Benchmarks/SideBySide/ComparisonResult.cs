namespace NeuralDigits.Benchmarks;

/// <summary>The measurements of one comparison, round by round.</summary>
/// <param name="What">What was compared.</param>
/// <param name="Rounds">Each round's times; at least one.</param>
internal sealed record ComparisonResult(string What, IReadOnlyList<Round> Rounds)
{
    /// <summary>The medians of the peer's times in seconds, or null where it has none for so many threads.</summary>
    public double? PeerSeconds(int threads) => Median(round => Find(round.Peer, threads));

    /// <summary>The median of this project's times in seconds, or null where it has none for so many threads.</summary>
    public double? OurSeconds(int threads) => Median(round => Find(round.Ours, threads));

    /// <summary>
    /// How often faster this project is in each round, with so many threads, than the peer with the number of threads up to as many that
    /// suits it best. None where one of the two was not measured.
    /// </summary>
    public IReadOnlyList<double> Ratios(int threads) => [.. Rounds.Select(round => Ratio(round, threads)).OfType<double>()];

    private static double? Ratio(Round round, int threads)
    {
        double[] peer = [.. round.Peer.Where(time => time.Key <= threads).Select(time => time.Value)];
        return peer.Length == 0 ? null : peer.Min() / Find(round.Ours, threads);
    }

    private static double? Find(IReadOnlyDictionary<int, double> times, int threads) =>
        times.TryGetValue(threads, out double time) ? time : null;

    private double? Median(Func<Round, double?> select)
    {
        double[] times = [.. Rounds.Select(select).OfType<double>()];
        return times.Length == 0 ? null : times.Median();
    }
}

/// <summary>The times of one round in seconds, by the number of threads.</summary>
internal sealed record Round(IReadOnlyDictionary<int, double> Peer, IReadOnlyDictionary<int, double> Ours);
