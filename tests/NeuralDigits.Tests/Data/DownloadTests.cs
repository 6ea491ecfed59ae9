namespace NeuralDigits.Tests;

public sealed class DownloadTests : IDisposable
{
    private static readonly CatalogFile First = TinyDataSet.Entry().TrainingImages;
    private static readonly byte[] FirstContent = TinyDataSet.Gzipped[First.Name];

    private readonly TinyCache _cache = new();

    public void Dispose() => _cache.Dispose();

    [Fact]
    public async Task An_empty_cache_is_filled_from_the_first_mirror()
    {
        using LocalMirror mirror = LocalMirror.Sound();
        using LocalMirror unused = LocalMirror.Sound();

        DataLocation location = await _cache.LocateAsync([mirror.Address, unused.Address]);

        Assert.Equal((_cache.Folder["tiny"], DataOrigin.Download), (location.Folder, location.Origin));
        Assert.Contains("tiny downloaded from 127.0.0.1 to ", location.Description);
        Assert.Equal(TinyDataSet.Gzipped.Keys, mirror.Requests);
        Assert.Empty(unused.Requests);
        _cache.AssertIsWhole();
        Assert.Equal(12, DataSet.Load(location.Folder).Training.Count);
    }

    [Fact]
    public async Task A_full_cache_is_used_without_any_request()
    {
        using LocalMirror mirror = LocalMirror.Sound();
        await _cache.LocateAsync([mirror.Address]);
        int before = mirror.Requests.Count;

        DataLocation location = await _cache.LocateAsync([mirror.Address]);

        Assert.Equal(DataOrigin.Cache, location.Origin);
        Assert.Contains("tiny from the cache", location.Description);
        Assert.Equal(before, mirror.Requests.Count);
    }

    [Fact]
    public async Task Only_the_files_that_the_cache_lacks_are_fetched()
    {
        using LocalMirror mirror = LocalMirror.Sound();
        await _cache.LocateAsync([mirror.Address]);
        File.Delete(_cache.Folder[$"tiny/{First.Name}"]);

        await _cache.LocateAsync([mirror.Address]);

        Assert.Equal([.. TinyDataSet.Gzipped.Keys, First.Name], mirror.Requests);
        _cache.AssertIsWhole();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_altered_cache_file_is_deleted_and_fetched_once_again(bool sameLength)
    {
        using LocalMirror mirror = LocalMirror.Sound();
        await _cache.LocateAsync([mirror.Address]);
        byte[] altered = [.. FirstContent];
        altered[^1] ^= 1;
        _cache.Folder.Write($"tiny/{First.Name}", altered.AsSpan(sameLength ? 0 : 1));

        DataLocation location = await _cache.LocateAsync([mirror.Address]);

        Assert.Equal(DataOrigin.Download, location.Origin);
        Assert.Contains($"damaged in the cache, deleted and fetched again: {First.Name}", location.Description);
        Assert.Equal([.. TinyDataSet.Gzipped.Keys, First.Name], mirror.Requests);
        _cache.AssertIsWhole();
    }

    [Fact]
    public async Task An_altered_cache_file_is_refused_when_fetching_it_again_gives_the_same()
    {
        byte[] altered = [.. FirstContent];
        altered[^1] ^= 1;
        _cache.Folder.Write($"tiny/{First.Name}", altered);
        using var mirror = new LocalMirror(_ => new Reply(altered));

        var e = await Assert.ThrowsAsync<DataUnavailableException>(() => _cache.LocateAsync([mirror.Address]));

        Assert.Contains("SHA-256", e.Message);
        Assert.Equal([First.Name], mirror.Requests);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_cache.Folder["tiny"]));
    }

    [Fact]
    public async Task Progress_names_host_and_file_and_goes_from_nothing_to_all()
    {
        var reports = new List<DownloadProgress>();
        using LocalMirror mirror = LocalMirror.Sound();

        await _cache.LocateAsync([mirror.Address], new Teller<DownloadProgress>(reports.Add));

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
        _cache.Folder.Write("tiny", "a file in the place of the folder"u8);
        using LocalMirror mirror = LocalMirror.Sound();

        var e = await Assert.ThrowsAsync<DataUnavailableException>(() => _cache.LocateAsync([mirror.Address]));

        Assert.StartsWith($"The cache folder '{_cache.Folder["tiny"]}' cannot be used: ", e.Message);
        Assert.Contains("Set --data", e.Message);
        Assert.Empty(mirror.Requests);
    }

    [Fact]
    public async Task Offline_a_full_cache_is_used()
    {
        using LocalMirror mirror = LocalMirror.Sound();
        await _cache.LocateAsync([mirror.Address]);

        DataLocation location = await Offline(mirror).LocateAsync(null, null);

        Assert.Equal((_cache.Folder["tiny"], DataOrigin.Cache), (location.Folder, location.Origin));
    }

    [Fact]
    public async Task Offline_missing_and_altered_files_are_named_and_nothing_is_asked_for_or_deleted()
    {
        using LocalMirror mirror = LocalMirror.Sound();
        _cache.Folder.Write($"tiny/{First.Name}", "altered"u8);

        var e = await Assert.ThrowsAsync<DataUnavailableException>(() => Offline(mirror).LocateAsync(null, null));

        Assert.StartsWith($"The data set tiny is not whole in the cache folder '{_cache.Folder["tiny"]}', and there is to be no download:\n", e.Message);
        Assert.Contains($"\n  {First.Name} is altered: expected {First.Length} bytes, found 7\n  train-labels-idx1-ubyte.gz is missing\n", e.Message);
        Assert.Contains("\nSet --data or the environment variable NEURALDIGITS_DATA to a folder with the four files train-", e.Message);
        Assert.Empty(mirror.Requests);
        Assert.Equal("altered"u8, File.ReadAllBytes(_cache.Folder[$"tiny/{First.Name}"]));
    }

    [Fact]
    public async Task Those_that_fill_one_cache_at_once_share_one_download()
    {
        using LocalMirror mirror = LocalMirror.Sound();

        await Task.WhenAll(_cache.LocateAsync([mirror.Address]), _cache.LocateAsync([mirror.Address]), _cache.LocateAsync([mirror.Address]));

        Assert.Equal(TinyDataSet.Gzipped.Keys, mirror.Requests);
        _cache.AssertIsWhole();
    }

    [Fact]
    public async Task The_client_made_for_downloads_downloads()
    {
        using LocalMirror mirror = LocalMirror.Sound();
        using HttpClient client = DataSetLocator.CreateHttpClient();
        var locator = new DataSetLocator(TinyDataSet.Entry(mirror.Address), _cache.Folder.Path, client);

        Assert.Equal(DataOrigin.Download, (await locator.LocateAsync(null, null)).Origin);
        Assert.Equal(Timeout.InfiniteTimeSpan, client.Timeout);
    }

    private DataSetLocator Offline(LocalMirror mirror) => new(TinyDataSet.Entry(mirror.Address), _cache.Folder.Path, _cache.Client) { Offline = true };
}
