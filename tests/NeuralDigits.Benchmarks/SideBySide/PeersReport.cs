using System.Globalization;

namespace NeuralDigits.Benchmarks;

/// <summary>The results of a run as a page of Markdown.</summary>
/// <param name="Results">What was measured.</param>
/// <param name="Skipped">What was not, and why.</param>
/// <param name="Versions">The peers' versions.</param>
/// <param name="Quietness">How quiet the machine was before.</param>
/// <param name="Command">How to repeat it.</param>
/// <param name="Date">When it was.</param>
internal sealed record PeersReport(
    IReadOnlyList<ComparisonResult> Results,
    IReadOnlyList<string> Skipped,
    IReadOnlyList<string> Versions,
    Quietness Quietness,
    string Command,
    DateTimeOffset Date)
{
    private const string None = "-";

    private static readonly int[] ThreadCounts = [1, 2];

    public override string ToString() => string.Join('\n', [
        "# NeuralDigits and its peers, side by side",
        "",
        $"{Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}, {Machine.Description}; {Quietness}. {string.Join("; ", Versions)}.",
        "",
        $"`{Command}`: medians of the rounds, of which there were {Results[0].Rounds.Count}, all rows in turn in each.",
        "",
        "| work and peer | peer, 1 thread | 2 threads | ours, 1 thread | 2 threads | ratio, 1 thread | 2 threads |",
        "|---|---|---|---|---|---|---|",
        .. Results.Select(Row),
        "",
        "The ratio is the time of the peer, with the number of threads up to those named that suits it best, by ours; in brackets the",
        "lowest and the highest of the rounds.",
        "",
        .. Comparisons.WhatIsTimed.Select(note => $"- {note}"),
        .. Skipped.Select(skipped => $"- **Skipped**: {skipped}"),
        "",
    ]);

    private static string Row(ComparisonResult result)
    {
        IEnumerable<string> cells = [
            result.What,
            .. ThreadCounts.Select(threads => Time(result.PeerSeconds(threads))),
            .. ThreadCounts.Select(threads => Time(result.OurSeconds(threads))),
            .. ThreadCounts.Select(threads => Ratio(result.Ratios(threads))),
        ];
        return $"| {string.Join(" | ", cells)} |";
    }

    private static string Time(double? seconds) => seconds is { } time ? Duration.Format(time) : None;

    private static string Ratio(IReadOnlyList<double> ratios) => ratios.Count == 0
        ? None
        : $"**{Duration.Digits(ratios.Median())}x** ({Duration.Digits(ratios.Min())} to {Duration.Digits(ratios.Max())})";
}
