using System.Net;

namespace NeuralDigits.Cli.Tests;

/// <summary>How often and when a mirror is asked again, and what is said of it.</summary>
public sealed class DownloadRetriesTests : IDisposable
{
    private readonly ImpatientClock _clock = new();
    private readonly StringWriter _error = new();
    private int _attempts;

    public void Dispose() => _error.Dispose();

    [Fact]
    public async Task What_may_pass_is_tried_four_times_after_waits_that_grow()
    {
        await Assert.ThrowsAsync<TimeoutException>(() => RunAsync(new TimeoutException("nothing came for 15 s"), jitter: 0.5));

        Assert.Equal(4, _attempts);
        Assert.Equal(3, _clock.Waits.Count);
        Assert.Equal(_clock.Waits.Order(), _clock.Waits);
        Assert.All(_clock.Waits, wait => Assert.InRange(wait, TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(10)));
        string[] lines = _error.ToString().ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.Matches(@"^nothing came for 15 s; trying again in \d+\.\d s \(1 of 3\)$", lines[0]);
        Assert.EndsWith("(3 of 3)", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_jitter_given_decides_the_waits()
    {
        await Assert.ThrowsAsync<IOException>(() => RunAsync(new IOException("cut off"), jitter: 0.2));
        TimeSpan[] first = [.. _clock.Waits];
        await Assert.ThrowsAsync<IOException>(() => RunAsync(new IOException("cut off"), jitter: 0.2));
        TimeSpan[] second = [.. _clock.Waits.Skip(3)];
        await Assert.ThrowsAsync<IOException>(() => RunAsync(new IOException("cut off"), jitter: 0.9));

        Assert.Equal(first, second);
        Assert.NotEqual(first, _clock.Waits.Skip(6));
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.Forbidden)]
    public async Task What_will_not_pass_is_not_tried_again(HttpStatusCode status)
    {
        await Assert.ThrowsAsync<HttpRequestException>(() => RunAsync(new HttpRequestException("no", inner: null, status), jitter: 0.5));

        Assert.Equal(1, _attempts);
        Assert.Empty(_error.ToString());
    }

    [Fact]
    public async Task A_file_of_other_content_is_not_asked_for_again()
    {
        await Assert.ThrowsAsync<InvalidDataException>(() => RunAsync(new InvalidDataException("another SHA-256"), jitter: 0.5));

        Assert.Equal(1, _attempts);
    }

    [Fact]
    public async Task Waiting_can_be_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        DownloadAttempts attempts = DownloadRetries.Create(TimeProvider.System, () => 0.5, Reporter());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => attempts(
            _ =>
            {
                cancellation.CancelAfter(TimeSpan.FromMilliseconds(1));
                throw new TimeoutException();
            },
            cancellation.Token));
    }

    private Task RunAsync(Exception failure, double jitter) => DownloadRetries.Create(_clock, () => jitter, Reporter())(
        _ =>
        {
            _attempts++;
            return Task.FromException(failure);
        },
        CancellationToken.None);

    private DownloadReporter Reporter() => new(CommandEnvironment.OfThisProcess() with { Error = _error, HasTerminal = false, Clock = _clock });
}
