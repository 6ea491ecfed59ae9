using System.Net;
using System.Net.Sockets;

namespace NeuralDigits.Tests;

/// <summary>Mirrors that are not there, refuse, break off or give something else.</summary>
public sealed class FailingMirrorTests : IDisposable
{
    private static readonly CatalogFile First = TinyDataSet.Entry().TrainingImages;
    private static readonly byte[] FirstContent = TinyDataSet.Gzipped[First.Name];

    private readonly TinyCache _cache = new();

    public static TheoryData<string, string> Failures => new()
    {
        { "missing", "answered with status 404 (Not Found)" },
        { "forbidden", "answered with status 403 (Forbidden)" },
        { "broken", "answered with status 500 (Internal Server Error)" },
        { "a redirect to nowhere", "answered with status 302 (Found)" },
        { "an HTML page", "answered with an HTML page" },
        { "another length", "offers 5 bytes" },
        { "cut off", "ended prematurely" },
        { "cut off, no length", $"ended after 100 of {FirstContent.Length} bytes" },
        { "too long, no length", $"sent more than the {FirstContent.Length} bytes" },
        { "stalled", "no more than 100 bytes came in 15 s" },
        { "silent", "nothing came for 15 s" },
        { "another content", "SHA-256" },
        { "not HTTP", "Received an invalid status" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task The_second_mirror_is_used_when_the_first_fails(string failure, string _)
    {
        using var first = new LocalMirror(request => Failing(failure, TinyDataSet.Gzipped[request.Name]));
        using LocalMirror second = LocalMirror.Sound();

        await _cache.LocateAsync([first.Address, second.Address], EndWaitsOf(failure));

        Assert.Equal([First.Name], first.Requests);
        Assert.Equal(TinyDataSet.Gzipped.Keys, second.Requests);
        _cache.AssertIsWhole();
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task When_all_mirrors_fail_the_error_says_why_and_what_to_do_and_at_most_the_part_that_came_is_left(string failure, string reason)
    {
        using var first = new LocalMirror(request => Failing(failure, TinyDataSet.Gzipped[request.Name]));
        using var second = new LocalMirror(_ => Failing("missing", []));

        var e = await Assert.ThrowsAsync<DataUnavailableException>(
            () => _cache.LocateAsync([first.Address, second.Address], EndWaitsOf(failure)));

        string[] lines = e.Message.Split('\n');
        Assert.Equal(4, lines.Length);
        Assert.Contains($"no mirror gave {First.Name}", lines[0]);
        Assert.StartsWith($"  {first.Address}{First.Name}: ", lines[1]);
        Assert.Contains(reason, lines[1]);
        Assert.StartsWith($"  {second.Address}{First.Name}: answered with status 404", lines[2]);
        Assert.StartsWith("Set --data or the environment variable NEURALDIGITS_DATA to a folder with the four files train-", lines[3]);
        string[] left = failure is "cut off" or "cut off, no length" or "stalled" ? [First.Name + ".partial"] : [];
        Assert.Equal(left, Directory.EnumerateFileSystemEntries(_cache.Folder["tiny"]).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_redirect_is_followed()
    {
        using LocalMirror other = LocalMirror.Sound();
        using var mirror = new LocalMirror(request => new Reply([], "302 Found", MoreHeaders: $"Location: {other.Address}{request.Name}"));

        await _cache.LocateAsync([mirror.Address]);

        Assert.Equal(TinyDataSet.Gzipped.Keys, other.Requests);
        _cache.AssertIsWhole();
    }

    [Fact]
    public async Task A_mirror_that_cannot_be_reached_is_named_with_the_reason()
    {
        using var nobody = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        nobody.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var address = new Uri($"http://{nobody.LocalEndPoint}/");

        var e = await Assert.ThrowsAsync<DataUnavailableException>(() => _cache.LocateAsync([address]));

        Assert.Contains($"  {address}{First.Name}: Connection refused", e.Message);
    }

    [Fact]
    public async Task A_connection_that_is_not_made_in_time_is_not_tried_again()
    {
        var never = new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectTimeout = TimeSpan.FromMilliseconds(1),
            ConnectCallback = async (_, cancellation) =>
            {
                await Task.Delay(Timeout.Infinite, cancellation);
                return Stream.Null;
            },
        };
        using var client = new HttpClient(never);
        var failures = new List<Exception>();
        var locator = new DataSetLocator(TinyDataSet.Entry(new Uri("http://one.example/"), new Uri("http://two.example/")), _cache.Folder.Path, client)
        {
            Attempts = async (attempt, cancellation) =>
            {
                try
                {
                    await attempt(cancellation);
                }
                catch (Exception failure)
                {
                    failures.Add(failure);
                    throw;
                }
            },
        };

        await Assert.ThrowsAsync<DataUnavailableException>(() => locator.LocateAsync(null, null));

        Assert.Equal(2, failures.Count);
        Assert.All(failures, failure => Assert.Contains("ConnectTimeout", failure.Message));
        Assert.DoesNotContain(failures, DataSetLocator.IsTransient);
    }

    [Fact]
    public async Task Cancellation_ends_a_download_and_leaves_only_the_part_that_came()
    {
        using var mirror = new LocalMirror(request => Failing("stalled", TinyDataSet.Gzipped[request.Name]));
        using var cancellation = new CancellationTokenSource();
        var cancelAtFirstBytes = new Teller<DownloadProgress>(progress =>
        {
            if (progress.Bytes > 0)
                cancellation.Cancel();
        });
        DataSetLocator locator = new(TinyDataSet.Entry(mirror.Address), _cache.Folder.Path, _cache.Client);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => locator.LocateAsync(null, null, cancelAtFirstBytes, cancellation.Token));

        Assert.Equal([First.Name + ".partial"], Directory.EnumerateFileSystemEntries(_cache.Folder["tiny"]).Select(Path.GetFileName));
    }

    public void Dispose() => _cache.Dispose();

    private Reply Failing(string failure, byte[] content) => failure switch
    {
        "missing" => new Reply("nothing here"u8.ToArray(), "404 Not Found"),
        "forbidden" => new Reply("<Error>AccessDenied</Error>"u8.ToArray(), "403 Forbidden", "application/xml"),
        "broken" => new Reply([], "500 Internal Server Error"),
        "a redirect to nowhere" => new Reply([], "302 Found"),
        "an HTML page" => new Reply("<html>Please log in</html>"u8.ToArray(), ContentType: "text/html; charset=utf-8"),
        "another length" => new Reply(new byte[5]),
        "cut off" => new Reply(content[..100], DeclaredLength: content.Length),
        "cut off, no length" => new Reply(content[..100], DeclaredLength: -1),
        "too long, no length" => new Reply([.. content, 0], DeclaredLength: -1),
        "stalled" => new Reply(content[..100], DeclaredLength: content.Length, Stalls: true),
        "silent" => Silence(content.Length),
        "another content" => new Reply([.. content[..^1], (byte)(content[^1] ^ 1)]),
        "not HTTP" => new Reply([], "nonsense\u0007"),
        _ => throw new ArgumentOutOfRangeException(nameof(failure), failure, null),
    };

    // The client waits for an answer by now.
    private Reply Silence(int length)
    {
        _cache.Clock.EndWaits();
        return new Reply([], DeclaredLength: length, Stalls: true);
    }

    private Teller<DownloadProgress>? EndWaitsOf(string failure)
    {
        if (failure != "stalled")
            return null;
        bool hasStalled = false;
        return new Teller<DownloadProgress>(progress =>
        {
            if (hasStalled || progress.Bytes == 0)
                return;

            // The client has all that will come.
            hasStalled = true;
            _cache.Clock.EndWaits();
        });
    }
}
