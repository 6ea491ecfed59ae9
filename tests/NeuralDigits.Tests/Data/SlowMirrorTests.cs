using System.Security.Cryptography;

namespace NeuralDigits.Tests;

/// <summary>Mirrors that send something, time and again: enough, or not.</summary>
public sealed class SlowMirrorTests : IDisposable
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i * i))];
    private static readonly CatalogFile Wanted = new() { Name = "file", Length = Content.Length, Sha256 = Convert.ToHexStringLower(SHA256.HashData(Content)) };

    private readonly TemporaryFolder _folder = new();
    private readonly SteppedClock _clock = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task One_that_sends_next_to_nothing_is_given_up()
    {
        var exception = await Assert.ThrowsAsync<TimeoutException>(() => FetchAsync(bytes: 1000, every: TimeSpan.FromSeconds(4)));

        Assert.Equal("no more than 3000 bytes came in 15 s", exception.Message);
        Assert.True(MirrorDownload.IsTransient(exception));
        Assert.Equal(["file.partial"], Directory.EnumerateFiles(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task One_that_goes_on_sending_enough_may_take_as_long_as_it_needs()
    {
        await FetchAsync(bytes: 8_192, every: TimeSpan.FromSeconds(7));

        Assert.Equal(Content, File.ReadAllBytes(_folder["file"]));
    }

    private async Task FetchAsync(int bytes, TimeSpan every)
    {
        using var client = new HttpClient(new Sender(() => new Trickle(bytes, () => _clock.Step(every))));
        var download = new MirrorDownload(client, TimeSpan.FromSeconds(15), _clock, progress: null);
        await download.FetchAsync(new Uri("http://mirror.example/"), Wanted, _folder["file"], _ => { }, CancellationToken.None);
    }

    private sealed class Sender(Func<Stream> body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage { Content = new StreamContent(body()) });
    }

    /// <summary>Gives so many bytes at a time, and each time something happens before.</summary>
    private sealed class Trickle(int bytes, Action before) : MemoryStream(Content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            before();
            return base.ReadAsync(buffer[..Math.Min(bytes, buffer.Length)], cancellationToken);
        }
    }

    /// <summary>A clock that goes on when it is told to, and rings what is due by then.</summary>
    private sealed class SteppedClock : TimeProvider
    {
        private readonly List<Alarm> _alarms = [];
        private TimeSpan _now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var alarm = new Alarm(this, () => callback(state));
            alarm.Change(dueTime, period);
            _alarms.Add(alarm);
            return alarm;
        }

        public void Step(TimeSpan time)
        {
            _now += time;
            _alarms.Where(alarm => alarm.Due <= _now).ToList().ForEach(alarm => alarm.Ring());
        }

        private sealed class Alarm(SteppedClock clock, Action ring) : ITimer
        {
            public TimeSpan Due { get; private set; } = TimeSpan.MaxValue;

            public void Ring()
            {
                Due = TimeSpan.MaxValue;
                ring();
            }

            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                Due = dueTime == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : clock._now + dueTime;
                return true;
            }

            public void Dispose() => Due = TimeSpan.MaxValue;

            public ValueTask DisposeAsync()
            {
                Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }
}
