using System.Text.Json.Nodes;

namespace NeuralDigits.Tests;

/// <summary>What the catalog does not know of a file is recorded when the file first comes, and the file must stay the same from then on.</summary>
public sealed class ChecksumLockTests : IDisposable
{
    private static readonly CatalogEntry Known = TinyDataSet.Entry();
    private static readonly CatalogFile First = Known.TrainingImages;

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    private string LockFile => _folder["checksums.lock.json"];

    [Fact]
    public async Task Nothing_is_recorded_where_the_catalog_knows_all()
    {
        using LocalMirror mirror = LocalMirror.Sound();
        await LocateAsync(Known, mirror);

        Assert.False(File.Exists(LockFile));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_not_known_is_recorded_at_the_first_download(bool isPackedFileKnown)
    {
        using LocalMirror mirror = LocalMirror.Sound();
        CatalogEntry unknown = Unknown(isPackedFileKnown);

        DataSet data = (await LocateAsync(unknown, mirror)).Load();

        Assert.Equal("tiny", data.Name);
        JsonNode files = JsonNode.Parse(File.ReadAllBytes(LockFile))!["files"]!;
        foreach (CatalogFile file in Known.Files)
        {
            JsonNode recorded = files[$"tiny/{file.Name}"]!;
            Assert.Equal(
                (file.Length, file.Sha256, file.UncompressedSha256),
                ((long?)recorded["length"], (string?)recorded["sha256"], (string?)recorded["uncompressedSha256"]));
        }

        Assert.Equal(["checksums.lock.json", "checksums.lock.json.lock", "tiny.lock"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order());
        Assert.Equal(DataOrigin.Cache, (await LocateAsync(unknown, mirror)).Origin);
    }

    [Fact]
    public async Task A_file_that_is_later_another_one_is_fetched_once_again_and_then_refused_with_the_place_of_the_record()
    {
        using (LocalMirror mirror = LocalMirror.Sound())
            await LocateAsync(Unknown(), mirror);
        _folder.Write($"tiny/{First.Name}", IdxBytes.Gzip(IdxBytes.Images(TinyDataSet.TrainingCount, seed: 5)));
        using var changed = new LocalMirror(_ => new Reply(IdxBytes.Gzip(IdxBytes.Images(TinyDataSet.TrainingCount, seed: 5))));

        var e = await Assert.ThrowsAsync<DataUnavailableException>(() => LocateAsync(Unknown(), changed));

        Assert.Equal([First.Name], changed.Requests);
        Assert.Contains("in place of ", e.Message);
        Assert.Contains($"What {First.Name} has to be was recorded in {LockFile} when it first came.", e.Message);
    }

    [Fact]
    public async Task A_data_set_whose_folder_was_deleted_must_come_as_it_was_recorded()
    {
        using (LocalMirror mirror = LocalMirror.Sound())
            await LocateAsync(Unknown(), mirror);
        Directory.Delete(_folder["tiny"], recursive: true);
        using var changed = new LocalMirror(request => new Reply(request.Name == First.Name ? IdxBytes.Gzip(IdxBytes.Images(14, seed: 5)) : TinyDataSet.Gzipped[request.Name]));

        await Assert.ThrowsAsync<DataUnavailableException>(() => LocateAsync(Unknown(), changed));
    }

    [Fact]
    public async Task Files_that_were_put_into_the_cache_by_hand_are_recorded_when_they_are_first_used_but_not_offline()
    {
        using LocalMirror mirror = LocalMirror.Sound();
        FillByHand();

        DataLocation offline = await new DataSetLocator(Unknown(), _folder.Path, _client) { Offline = true }.LocateAsync(null, null);
        Assert.All(new DataSetLocator(Unknown(), _folder.Path, _client).CheckCache(), file => Assert.Null(file.Fault));
        Assert.Equal("tiny", offline.Load().Name);
        Assert.Equal([_folder["tiny"]], Directory.GetFileSystemEntries(_folder.Path));

        Assert.Equal(DataOrigin.Cache, (await LocateAsync(Unknown(), mirror)).Origin);
        Assert.True(File.Exists(LockFile));
        Assert.Empty(mirror.Requests);
    }

    [Fact]
    public async Task A_cache_that_cannot_be_written_to_is_read_as_it_is()
    {
        using LocalMirror mirror = LocalMirror.Sound();
        FillByHand();
        Directory.CreateDirectory(LockFile + ".lock");

        Assert.Equal(DataOrigin.Cache, (await LocateAsync(Unknown(), mirror)).Origin);
        Assert.False(File.Exists(LockFile));
    }

    [Fact]
    public async Task Files_of_another_number_of_images_than_the_data_set_has_are_refused_offline_too()
    {
        FillByHand();
        _folder.Write($"tiny/{Known.TestImages.Name}", IdxBytes.Images(5));
        _folder.Write($"tiny/{Known.TestLabels.Name}", IdxBytes.Labels(5));

        DataLocation location = await new DataSetLocator(Unknown(), _folder.Path, _client) { Offline = true }.LocateAsync(null, null);

        Assert.Contains("expected 4 images, as tiny has, found 5", Assert.Throws<InvalidDataException>(location.Load).Message);
    }

    [Theory]
    [InlineData("train-images-idx3-ubyte.gz", "expected 14 images, found 13. tiny has as many.")]
    [InlineData("t10k-labels-idx1-ubyte.gz", "expected 4 labels, found 3. tiny has as many.")]
    [InlineData("t10k-images-idx3-ubyte.gz", "expected CRC-32")]
    public async Task What_comes_first_must_be_whole_and_of_the_right_number_before_it_is_in_the_cache(string name, string said)
    {
        byte[] damaged = [.. TinyDataSet.Gzipped[name]];
        damaged[^8] ^= 1;
        byte[] wrong = name switch
        {
            "train-images-idx3-ubyte.gz" => IdxBytes.Gzip(IdxBytes.Images(13)),
            "t10k-labels-idx1-ubyte.gz" => IdxBytes.Gzip(IdxBytes.Labels(3)),
            _ => damaged,
        };
        using var first = new LocalMirror(request => new Reply(request.Name == name ? wrong : TinyDataSet.Gzipped[request.Name]));
        using LocalMirror second = LocalMirror.Sound();

        var e = await Assert.ThrowsAsync<DataUnavailableException>(() => LocateAsync(Unknown(), first));
        Assert.Contains(said, e.Message);
        Assert.False(File.Exists(_folder[$"tiny/{name}"]));
        Assert.False(File.Exists(LockFile));

        Assert.Equal(DataOrigin.Download, (await LocateAsync(Unknown(), second)).Origin);
    }

    [Fact]
    public async Task What_is_recorded_of_many_data_sets_at_once_is_all_kept()
    {
        const int count = 6;
        await Task.WhenAll(Enumerable.Range(0, count).Select(
            i => Task.Run(() => new ChecksumLock(_folder.Path).RecordAsync(Known with { Name = $"set-{i}" }, CancellationToken.None))));

        Assert.Equal(count * Known.Files.Count, JsonNode.Parse(File.ReadAllBytes(LockFile))!["files"]!.AsObject().Count);
    }

    [Fact]
    public async Task What_is_no_data_file_is_never_recorded()
    {
        using var mirror = new LocalMirror(_ => new Reply("<p>Please log in</p>"u8.ToArray()));

        var e = await Assert.ThrowsAsync<DataUnavailableException>(() => LocateAsync(Unknown(), mirror));

        Assert.Contains("HTML", e.Message);
        Assert.False(File.Exists(LockFile));
        Assert.Empty(Directory.GetFiles(_folder["tiny"]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"schemaVersion\": 2, \"files\": {}}")]
    [InlineData("{\"schemaVersion\": 1, \"files\": {\"tiny/x\": null}}")]
    [InlineData("{\"schemaVersion\": 1, \"files\": {\"tiny/x\": {\"length\": 1, \"sha256\": \"X\", \"uncompressedSha256\": \"X\"}}}")]
    public async Task A_malformed_record_is_refused_and_stays_as_it_is(string content)
    {
        File.WriteAllText(LockFile, content);
        using LocalMirror mirror = LocalMirror.Sound();

        var e = await Assert.ThrowsAsync<InvalidDataException>(() => LocateAsync(Unknown(), mirror));

        Assert.StartsWith($"{LockFile} is not a record of checksums: ", e.Message);
        Assert.Equal(content, File.ReadAllText(LockFile));
        Assert.Empty(mirror.Requests);
    }

    [Fact]
    public async Task The_records_of_other_data_sets_are_kept()
    {
        using LocalMirror mirror = LocalMirror.Sound();
        await LocateAsync(Unknown() with { Name = "other" }, mirror);
        await LocateAsync(Unknown(), mirror);

        JsonNode files = JsonNode.Parse(File.ReadAllBytes(LockFile))!["files"]!;
        Assert.Equal(8, files.AsObject().Count);
    }

    private static CatalogEntry Unknown(bool isPackedFileKnown = false, params Uri[] mirrors) =>
        TinyDataSet.Entry(mirrors).WithFiles(file => isPackedFileKnown ? file with { UncompressedSha256 = null } : new CatalogFile { Name = file.Name });

    private static CatalogEntry Unknown(Uri mirror) => Unknown(isPackedFileKnown: false, mirror);

    private void FillByHand()
    {
        foreach ((string name, byte[] content) in TinyDataSet.Gzipped)
            _folder.Write($"tiny/{name}", content);
    }

    private Task<DataLocation> LocateAsync(CatalogEntry entry, LocalMirror mirror) =>
        new DataSetLocator(entry with { Mirrors = [mirror.Address] }, _folder.Path, _client).LocateAsync(null, null);
}
