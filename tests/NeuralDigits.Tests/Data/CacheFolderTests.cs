using CliWrap;

namespace NeuralDigits.Tests;

/// <summary>What may lie in the cache in the place of a sound file, and what is found out about it without a download.</summary>
public sealed class CacheFolderTests : IDisposable
{
    private static readonly CatalogFile First = TinyDataSet.Entry().TrainingImages;
    private static readonly TimeSpan LongEnough = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder = new();
    private readonly LocalMirror _mirror = LocalMirror.Sound();
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });

    private string FirstPath => _folder[$"tiny/{First.Name}"];

    public void Dispose()
    {
        _client.Dispose();
        _mirror.Dispose();
        _folder.Dispose();
    }

    [LinuxTheory]
    [InlineData("pipe", "")]
    [InlineData("pipe", ".partial")]
    [InlineData("/dev/zero", "")]
    [InlineData("/dev/zero", ".partial")]
    public async Task A_pipe_or_device_is_replaced_without_waiting_for_what_comes_through_it(string kind, string suffix)
    {
        Directory.CreateDirectory(_folder["tiny"]);
        await MakeAsync(kind, FirstPath + suffix);

        // On another thread, as a read that never ends would hold this one.
        DataLocation location = await Task.Run(() => Locator().LocateAsync(null, null)).WaitAsync(LongEnough);

        Assert.Equal(DataOrigin.Download, location.Origin);
        Assert.Equal(TinyDataSet.Gzipped.Keys.Order(), Directory.GetFiles(_folder["tiny"]).Select(Path.GetFileName).Order());
        Assert.Equal(TinyDataSet.Gzipped[First.Name], File.ReadAllBytes(FirstPath));
    }

    [LinuxFact]
    public async Task A_pipe_in_the_place_of_the_record_is_refused()
    {
        await MakeAsync("pipe", _folder["checksums.lock.json"]);
        CatalogEntry unknown = TinyDataSet.Entry(_mirror.Address).WithFiles(file => new CatalogFile { Name = file.Name });

        Task<DataLocation> locating = Task.Run(() => new DataSetLocator(unknown, _folder.Path, _client).LocateAsync(null, null));

        await Assert.ThrowsAsync<InvalidDataException>(() => locating.WaitAsync(LongEnough));
    }

    [Fact]
    public async Task A_folder_in_the_place_of_a_file_is_named()
    {
        Directory.CreateDirectory(FirstPath);

        var e = await Assert.ThrowsAsync<DataUnavailableException>(() => Locator().LocateAsync(null, null));

        Assert.Contains($"'{FirstPath}' is a folder in the place of a file", e.Message);
    }

    [Fact]
    public void A_file_that_stays_the_same_is_hashed_once()
    {
        _folder.Write($"tiny/{First.Name}", TinyDataSet.Gzipped[First.Name]);
        var cache = new CacheFolder(TinyDataSet.Entry(), _folder.Path);
        Assert.Null(cache.FaultOf(First));

        DateTime written = File.GetLastWriteTimeUtc(FirstPath);
        File.WriteAllBytes(FirstPath, new byte[First.Length!.Value]);
        File.SetLastWriteTimeUtc(FirstPath, written);
        Assert.Null(cache.FaultOf(First));

        File.SetLastWriteTimeUtc(FirstPath, written.AddSeconds(1));
        Assert.NotNull(cache.FaultOf(First));
    }

    [Fact]
    public async Task A_check_says_of_each_file_what_is_wrong_with_it_and_changes_nothing()
    {
        await Locator().LocateAsync(null, null);
        byte[] altered = new byte[First.Length!.Value];
        File.WriteAllBytes(FirstPath, altered);
        CatalogFile[] files = [.. TinyDataSet.Entry().Files];
        File.Delete(_folder[$"tiny/{files[1].Name}"]);
        File.AppendAllText(_folder[$"tiny/{files[2].Name}"], "x");
        int requests = _mirror.Requests.Count;

        IReadOnlyList<CachedFile> found = Locator().CheckCache();

        Assert.Equal(files.Select(file => _folder[$"tiny/{file.Name}"]), found.Select(file => file.Path));
        string zeros = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(altered));
        Assert.Equal(
            [
                $"altered: expected SHA-256 {First.Sha256}, found {zeros}",
                "missing",
                $"altered: expected {files[2].Length} bytes, found {files[2].Length + 1}",
                null,
            ],
            found.Select(file => file.Fault));
        Assert.Equal(altered, File.ReadAllBytes(FirstPath));
        Assert.Equal(requests, _mirror.Requests.Count);
    }

    [Fact]
    public void A_check_of_what_is_not_there_finds_no_files()
    {
        Assert.Empty(Locator().CheckCache());
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    private static async Task MakeAsync(string kind, string path)
    {
        if (kind == "pipe")
            await Cli.Wrap("mkfifo").WithArguments([path]).ExecuteAsync();
        else
            File.CreateSymbolicLink(path, kind);
    }

    private DataSetLocator Locator() => new(TinyDataSet.Entry(_mirror.Address), _folder.Path, _client);
}
