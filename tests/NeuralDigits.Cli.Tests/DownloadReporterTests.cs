namespace NeuralDigits.Cli.Tests;

/// <summary>What is seen of a download: plain lines anywhere, and a bar in a terminal.</summary>
public sealed class DownloadReporterTests : IDisposable
{
    private readonly ImpatientClock _clock = new();
    private readonly StringWriter _error = new();

    public void Dispose() => _error.Dispose();

    [Fact]
    public void Without_a_terminal_there_is_one_line_for_each_file_and_host()
    {
        Run(hasTerminal: false);

        Assert.Equal(
            "downloading images.gz from one.example, 20.0 MB\n" +
            "downloading images.gz from two.example, 20.0 MB, from byte 5,000,000 on\n" +
            "downloading labels.gz from two.example\n",
            _error.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public void In_a_terminal_a_bar_with_rate_and_time_left_runs_on_below_it()
    {
        Run(hasTerminal: true);

        string[] drawn = _error.ToString().Split("\r\u001b[K");
        Assert.Contains("  [#######-----------------------]  25 %  5.0 MB  2.5 MB/s  6 s left", drawn);
        Assert.Contains("  [###############---------------]  50 %  10.0 MB  2.5 MB/s  4 s left", drawn);
        Assert.Contains("  0.3 MB  0.1 MB/s", drawn);
        Assert.Equal("", drawn[^1]);
    }

    private void Run(bool hasTerminal)
    {
        var reporter = new DownloadReporter(CommandEnvironment.OfThisProcess() with { Error = _error, HasTerminal = hasTerminal, Clock = _clock });
        foreach ((string host, string file, long bytes, long? total) in new (string, string, long, long?)[]
        {
            ("one.example", "images.gz", 0, 20_000_000),
            ("one.example", "images.gz", 5_000_000, 20_000_000),
            ("two.example", "images.gz", 5_000_000, 20_000_000),
            ("two.example", "images.gz", 10_000_000, 20_000_000),
            ("two.example", "labels.gz", 0, null),
            ("two.example", "labels.gz", 250_000, null),
        })
        {
            reporter.Report(new DownloadProgress(host, file, bytes, total));
            _clock.Advance(TimeSpan.FromSeconds(2));
        }

        reporter.End();
    }
}
