using System.Net;
using System.Net.Sockets;

namespace NeuralDigits.Tests;

public sealed class DownloadTests : IDisposable
{
    private static readonly CatalogFile First = TinyDataSet.Entry().TrainingImages;
    private static readonly byte[] FirstContent = TinyDataSet.Gzipped[First.Name];

    // A busy machine must not look like a mirror that stalls.
    private readonly StoppedClock _clock = new();
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task An_empty_cache_is_filled_from_the_first_mirror()
    {
        using LocalMirror mirror = LocalMirror.Sound();
        using LocalMirror unused = LocalMirror.Sound();

        DataLocation location = await LocateAsync([mirror.Address, unused.Address]);

        Assert.Equal((_folder["tiny"], DataOrigin.Download), (location.Folder, location.Origin));
        Assert.Contains("tiny downloaded from 127.0.0.1 to ", location.Description);
        Assert.Equal(TinyDataSet.Gzipped.Keys, mirror.Requests);
        Assert.Empty(unused.Requests);
        AssertCacheIsSound();
        Assert.Equal(12, DataSet.Load(location.Folder).Training.Count);
    }

    [Fact]
    public async Task A_full_cache_is_used_without_any_request()
    {
        using LocalMirror mirror = LocalMirror.Sound();
        await LocateAsync([mirror.Address]);
        int before = mirror.Requests.Count;

        DataLocation location = await LocateAsync([mirror.Address]);

        Assert.Equal(DataOrigin.Cache, location.Origin);
        Assert.Contains("tiny from the cache", location.Description);
        Assert.Equal(before, mirror.Requests.Count);
    }

    [Fact]
    public async Task Only_the_files_that_the_cache_lacks_are_fetched()
    {
        using LocalMirror mirror = LocalMirror.Sound();
        await LocateAsync([mirror.Address]);
        File.Delete(_folder[$"tiny/{First.Name}"]);

        await LocateAsync([mirror.Address]);

        Assert.Equal([.. TinyDataSet.Gzipped.Keys, First.Name], mirror.Requests);
        AssertCacheIsSound();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_altered_cache_file_is_deleted_and_fetched_once_again(bool sameLength)
    {
        using LocalMirror mirror = LocalMirror.Sound();
        await LocateAsync([mirror.Address]);
        byte[] altered = [.. FirstContent];
        altered[^1] ^= 1;
        _folder.Write($"tiny/{First.Name}", altered.AsSpan(sameLength ? 0 : 1));

        DataLocation location = await LocateAsync([mirror.Address]);

        Assert.Equal(DataOrigin.Download, location.Origin);
        Assert.Contains($"damaged in the cache, deleted and fetched again: {First.Name}", location.Description);
        Assert.Equal([.. TinyDataSet.Gzipped.Keys, First.Name], mirror.Requests);
        AssertCacheIsSound();
    }

    [Fact]
    public async Task An_altered_cache_file_is_refused_when_fetching_it_again_gives_the_same()
    {
        byte[] altered = [.. FirstContent];
        altered[^1] ^= 1;
        _folder.Write($"tiny/{First.Name}", altered);
        using var mirror = new LocalMirror(_ => new Reply(altered));

        var e = await Assert.ThrowsAsync<DataUnavailableException>(() => LocateAsync([mirror.Address]));

        Assert.Contains("SHA-256", e.Message);
        Assert.Equal([First.Name], mirror.Requests);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder["tiny"]));
    }

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

        await LocateAsync([first.Address, second.Address], EndWaitsOf(failure));

        Assert.Equal([First.Name], first.Requests);
        Assert.Equal(TinyDataSet.Gzipped.Keys, second.Requests);
        AssertCacheIsSound();
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task When_all_mirrors_fail_the_error_says_why_and_what_to_do_and_at_most_the_part_that_came_is_left(string failure, string reason)
    {
        using var first = new LocalMirror(request => Failing(failure, TinyDataSet.Gzipped[request.Name]));
        using var second = new LocalMirror(_ => Failing("missing", []));

        var e = await Assert.ThrowsAsync<DataUnavailableException>(
            () => LocateAsync([first.Address, second.Address], EndWaitsOf(failure)));

        string[] lines = e.Message.Split('\n');
        Assert.Equal(4, lines.Length);
        Assert.Contains($"no mirror gave {First.Name}", lines[0]);
        Assert.StartsWith($"  {first.Address}{First.Name}: ", lines[1]);
        Assert.Contains(reason, lines[1]);
        Assert.StartsWith($"  {second.Address}{First.Name}: answered with status 404", lines[2]);
        Assert.StartsWith("Set --data or the environment variable NEURALDIGITS_DATA to a folder with the four files train-", lines[3]);
        string[] left = failure is "cut off" or "cut off, no length" or "stalled" ? [First.Name + ".partial"] : [];
        Assert.Equal(left, Directory.EnumerateFileSystemEntries(_folder["tiny"]).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_redirect_is_followed()
    {
        using LocalMirror other = LocalMirror.Sound();
        using var mirror = new LocalMirror(request => new Reply([], "302 Found", MoreHeaders: $"Location: {other.Address}{request.Name}"));

        await LocateAsync([mirror.Address]);

        Assert.Equal(TinyDataSet.Gzipped.Keys, other.Requests);
        AssertCacheIsSound();
    }

    [Fact]
    public async Task A_mirror_that_cannot_be_reached_is_named_with_the_reason()
    {
        using var nobody = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        nobody.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var address = new Uri($"http://{nobody.LocalEndPoint}/");

        var e = await Assert.ThrowsAsync<DataUnavailableException>(() => LocateAsync([address]));

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
        var locator = new DataSetLocator(TinyDataSet.Entry(new Uri("http://one.example/"), new Uri("http://two.example/")), _folder.Path, client)
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
        var cancelAtFirstBytes = new Reports(progress =>
        {
            if (progress.Bytes > 0)
                cancellation.Cancel();
        });
        DataSetLocator locator = new(TinyDataSet.Entry(mirror.Address), _folder.Path, _client);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => locator.LocateAsync(null, null, cancelAtFirstBytes, cancellation.Token));

        Assert.Equal([First.Name + ".partial"], Directory.EnumerateFileSystemEntries(_folder["tiny"]).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Progress_names_host_and_file_and_goes_from_nothing_to_all()
    {
        var reports = new List<DownloadProgress>();
        using LocalMirror mirror = LocalMirror.Sound();

        await LocateAsync([mirror.Address], new Reports(reports.Add));

        Assert.All(reports, report => Assert.Equal("127.0.0.1", report.Host));
        foreach (CatalogFile file in TinyDataSet.Entry().Files)
        {
            DownloadProgress[] ofFile = [.. reports.Where(report => report.File == file.Name)];
            Assert.Equal([0, file.Length], [ofFile[0].Bytes, ofFile[^1].Bytes]);
            Assert.Equal(ofFile.Select(report => report.Bytes).Order(), ofFile.Select(report => report.Bytes));
            Assert.All(ofFile, report => Assert.Equal(file.Length, report.Total));
        }
    }

    [Fact]
    public async Task A_cache_that_cannot_be_written_is_reported_with_what_to_do()
    {
        _folder.Write("tiny", "a file in the place of the folder"u8);
        using LocalMirror mirror = LocalMirror.Sound();

        var e = await Assert.ThrowsAsync<DataUnavailableException>(() => LocateAsync([mirror.Address]));

        Assert.StartsWith($"The cache folder '{_folder["tiny"]}' cannot be used: ", e.Message);
        Assert.Contains("Set --data", e.Message);
        Assert.Empty(mirror.Requests);
    }

    [Fact]
    public async Task Offline_a_full_cache_is_used()
    {
        using LocalMirror mirror = LocalMirror.Sound();
        await LocateAsync([mirror.Address]);

        DataLocation location = await Offline(mirror).LocateAsync(null, null);

        Assert.Equal((_folder["tiny"], DataOrigin.Cache), (location.Folder, location.Origin));
    }

    [Fact]
    public async Task Offline_missing_and_altered_files_are_named_and_nothing_is_asked_for_or_deleted()
    {
        using LocalMirror mirror = LocalMirror.Sound();
        _folder.Write($"tiny/{First.Name}", "altered"u8);

        var e = await Assert.ThrowsAsync<DataUnavailableException>(() => Offline(mirror).LocateAsync(null, null));

        Assert.StartsWith($"The data set tiny is not whole in the cache folder '{_folder["tiny"]}', and there is to be no download:\n", e.Message);
        Assert.Contains($"\n  {First.Name} is altered: expected {First.Length} bytes, found 7\n  train-labels-idx1-ubyte.gz is missing\n", e.Message);
        Assert.Contains("\nSet --data or the environment variable NEURALDIGITS_DATA to a folder with the four files train-", e.Message);
        Assert.Empty(mirror.Requests);
        Assert.Equal("altered"u8, File.ReadAllBytes(_folder[$"tiny/{First.Name}"]));
    }

    [Fact]
    public async Task Those_that_fill_one_cache_at_once_share_one_download()
    {
        using LocalMirror mirror = LocalMirror.Sound();

        await Task.WhenAll(LocateAsync([mirror.Address]), LocateAsync([mirror.Address]), LocateAsync([mirror.Address]));

        Assert.Equal(TinyDataSet.Gzipped.Keys, mirror.Requests);
        AssertCacheIsSound();
    }

    [Fact]
    public async Task The_client_made_for_downloads_downloads()
    {
        using LocalMirror mirror = LocalMirror.Sound();
        using HttpClient client = DataSetLocator.CreateHttpClient();
        var locator = new DataSetLocator(TinyDataSet.Entry(mirror.Address), _folder.Path, client);

        Assert.Equal(DataOrigin.Download, (await locator.LocateAsync(null, null)).Origin);
        Assert.Equal(Timeout.InfiniteTimeSpan, client.Timeout);
    }

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
        _clock.EndWaits();
        return new Reply([], DeclaredLength: length, Stalls: true);
    }

    private Reports? EndWaitsOf(string failure)
    {
        if (failure != "stalled")
            return null;
        bool hasStalled = false;
        return new Reports(progress =>
        {
            if (hasStalled || progress.Bytes == 0)
                return;

            // The client has all that will come.
            hasStalled = true;
            _clock.EndWaits();
        });
    }

    private Task<DataLocation> LocateAsync(Uri[] mirrors, IProgress<DownloadProgress>? progress = null)
    {
        var locator = new DataSetLocator(TinyDataSet.Entry(mirrors), _folder.Path, _client) { Clock = _clock };
        return locator.LocateAsync(folderOption: null, folderVariable: null, progress);
    }

    private DataSetLocator Offline(LocalMirror mirror) => new(TinyDataSet.Entry(mirror.Address), _folder.Path, _client) { Offline = true };

    private void AssertCacheIsSound()
    {
        Assert.Equal(TinyDataSet.Gzipped.Keys.Order(), Directory.EnumerateFiles(_folder["tiny"]).Select(Path.GetFileName).Order());
        Assert.All(TinyDataSet.Gzipped, file => Assert.Equal(file.Value, File.ReadAllBytes(_folder[$"tiny/{file.Key}"])));
    }

    /// <summary>Hands reports on at once; <see cref="Progress{T}"/> would do so later and on another thread.</summary>
    private sealed class Reports(Action<DownloadProgress> take) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => take(value);
    }
}
