namespace NeuralDigits.Tests;

/// <summary>Downloads that were cut off, and go on.</summary>
public sealed class ResumedDownloadTests : IDisposable
{
    private const int Cut = 100;
    private static readonly CatalogFile First = TinyDataSet.Entry().TrainingImages;
    private static readonly byte[] Content = TinyDataSet.Gzipped[First.Name];

    private readonly TinyCache _cache = new();

    private string Partial => _cache.Folder[$"tiny/{First.Name}.partial"];

    public void Dispose() => _cache.Dispose();

    [Fact]
    public async Task Another_attempt_goes_on_where_the_first_was_cut_off()
    {
        using var mirror = new LocalMirror(request => request switch
        {
            { Name: var name } when name != First.Name => new Reply(TinyDataSet.Gzipped[name]),
            { From: int from } => Reply.Part(Content, from),
            _ => new Reply(Content[..Cut], DeclaredLength: Content.Length),
        });

        await LocateAsync([mirror], Twice);

        Assert.Equal([(First.Name, null), (First.Name, Cut)], mirror.AllRequests.Take(2).Select(request => (request.Name, request.From)));
        _cache.AssertIsWhole();
    }

    [Fact]
    public async Task Another_run_and_another_mirror_go_on_where_the_first_was_cut_off()
    {
        using (var cutOff = new LocalMirror(_ => new Reply(Content[..Cut], DeclaredLength: Content.Length)))
            await Assert.ThrowsAsync<DataUnavailableException>(() => LocateAsync([cutOff]));
        Assert.Equal(Content[..Cut], File.ReadAllBytes(Partial));
        using LocalMirror sound = WithParts();

        await LocateAsync([sound]);

        Assert.Equal(Cut, sound.AllRequests[0].From);
        _cache.AssertIsWhole();
    }

    [Fact]
    public async Task A_mirror_that_knows_no_parts_sends_the_whole_file()
    {
        _cache.Folder.Write($"tiny/{First.Name}.partial", Content.AsSpan(0, Cut));
        using LocalMirror mirror = LocalMirror.Sound();

        await LocateAsync([mirror]);

        Assert.Equal(Cut, mirror.AllRequests[0].From);
        Assert.Equal(4, mirror.Requests.Count);
        _cache.AssertIsWhole();
    }

    [Fact]
    public async Task A_mirror_that_refuses_the_part_is_asked_for_the_whole_file()
    {
        _cache.Folder.Write($"tiny/{First.Name}.partial", Content.AsSpan(0, Cut));
        using var mirror = new LocalMirror(
            request => request.From is null ? new Reply(TinyDataSet.Gzipped[request.Name]) : new Reply([], "416 Range Not Satisfiable"));

        await LocateAsync([mirror]);

        Assert.Equal([Cut, null], mirror.AllRequests.Take(2).Select(request => request.From));
        _cache.AssertIsWhole();
    }

    [Theory]
    [InlineData("bytes 0-99/100")]
    [InlineData("bytes 100-199/5000")]
    [InlineData("pages 100-199/*")]
    public async Task Another_part_than_the_one_asked_for_is_refused(string range)
    {
        _cache.Folder.Write($"tiny/{First.Name}.partial", Content.AsSpan(0, Cut));
        using var mirror = new LocalMirror(_ => new Reply(Content[Cut..], "206 Partial Content", MoreHeaders: $"Content-Range: {range}"));

        var e = await Assert.ThrowsAsync<DataUnavailableException>(() => LocateAsync([mirror]));

        Assert.Contains($"answered with the part '{range}' in place of that from byte 100 of {Content.Length}", e.Message);
        Assert.False(File.Exists(Partial));
    }

    [Fact]
    public async Task Parts_that_do_not_belong_together_are_found_out_and_the_file_is_fetched_in_one_piece()
    {
        _cache.Folder.Write($"tiny/{First.Name}.partial", new byte[Cut]);
        using LocalMirror mirror = WithParts();

        await LocateAsync([mirror]);

        Assert.Equal([Cut, null], mirror.AllRequests.Take(2).Select(request => request.From));
        Assert.Equal(5, mirror.Requests.Count);
        _cache.AssertIsWhole();
    }

    [Fact]
    public async Task A_part_that_is_the_whole_file_is_taken_as_it_is()
    {
        _cache.Folder.Write($"tiny/{First.Name}.partial", Content);
        using LocalMirror mirror = WithParts();

        await LocateAsync([mirror]);

        Assert.DoesNotContain(First.Name, mirror.Requests);
        _cache.AssertIsWhole();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_part_as_long_as_the_file_or_longer_that_is_not_the_file_is_dropped(int more)
    {
        _cache.Folder.Write($"tiny/{First.Name}.partial", new byte[Content.Length + more]);
        using LocalMirror mirror = WithParts();

        await LocateAsync([mirror]);

        Assert.Null(mirror.AllRequests[0].From);
        _cache.AssertIsWhole();
    }

    [Fact]
    public async Task Where_the_checksum_is_not_known_no_parts_are_put_together()
    {
        CatalogEntry entry = TinyDataSet.Entry().WithFiles(file => new CatalogFile { Name = file.Name });
        using (var cutOff = new LocalMirror(_ => new Reply(Content[..Cut], DeclaredLength: Content.Length)))
            await Assert.ThrowsAsync<DataUnavailableException>(() => LocateAsync([cutOff], entry: entry));
        Assert.False(File.Exists(Partial));
    }

    [Theory]
    [InlineData("500 Internal Server Error", true)]
    [InlineData("503 Service Unavailable", true)]
    [InlineData("429 Too Many Requests", true)]
    [InlineData("408 Request Timeout", true)]
    [InlineData("404 Not Found", false)]
    [InlineData("403 Forbidden", false)]
    [InlineData("200 OK", false)]
    public async Task Only_what_may_pass_is_worth_another_attempt(string status, bool isTransient)
    {
        using var mirror = new LocalMirror(_ => new Reply([], status));
        Exception? failure = null;

        await Assert.ThrowsAsync<DataUnavailableException>(() => LocateAsync([mirror], async (attempt, cancellation) =>
        {
            failure = await Record.ExceptionAsync(() => attempt(cancellation));
            throw failure!;
        }));

        Assert.Equal(isTransient, DataSetLocator.IsTransient(failure!));
    }

    private static LocalMirror WithParts() => new(request =>
    {
        byte[] content = TinyDataSet.Gzipped[request.Name];
        return request.From is int from ? Reply.Part(content, from) : new Reply(content);
    });

    private static async Task Twice(Func<CancellationToken, Task> attempt, CancellationToken cancellation)
    {
        try
        {
            await attempt(cancellation);
        }
        catch (Exception failure) when (DataSetLocator.IsTransient(failure))
        {
            await attempt(cancellation);
        }
    }

    private Task<DataLocation> LocateAsync(LocalMirror[] mirrors, DownloadAttempts? attempts = null, CatalogEntry? entry = null)
    {
        entry = (entry ?? TinyDataSet.Entry()) with { Mirrors = [.. mirrors.Select(mirror => mirror.Address)] };
        var locator = new DataSetLocator(entry, _cache.Folder.Path, _cache.Client) { Attempts = attempts ?? ((attempt, cancellation) => attempt(cancellation)) };
        return locator.LocateAsync(null, null);
    }
}
