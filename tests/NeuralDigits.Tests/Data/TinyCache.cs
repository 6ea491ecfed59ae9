namespace NeuralDigits.Tests;

/// <summary>A cache, empty at first, that <see cref="TinyDataSet"/> is downloaded into.</summary>
internal sealed class TinyCache : IDisposable
{
    /// <summary>The folder of the cache.</summary>
    public TemporaryFolder Folder { get; } = new();

    /// <summary>A client that asks mirrors themselves.</summary>
    public HttpClient Client { get; } = new(new SocketsHttpHandler { UseProxy = false });

    /// <summary>The clock of <see cref="LocateAsync"/>: a busy machine must not look like a mirror that stalls.</summary>
    public StoppedClock Clock { get; } = new();

    /// <summary>Finds the data set in the cache, or downloads it.</summary>
    public Task<DataLocation> LocateAsync(Uri[] mirrors, IProgress<DownloadProgress>? progress = null)
    {
        var locator = new DataSetLocator(TinyDataSet.Entry(mirrors), Folder.Path, Client) { Clock = Clock };
        return locator.LocateAsync(folderOption: null, folderVariable: null, progress);
    }

    /// <summary>The cache has the four files, gzipped, and nothing else.</summary>
    public void AssertIsWhole()
    {
        Assert.Equal(TinyDataSet.Gzipped.Keys.Order(), Directory.EnumerateFiles(Folder["tiny"]).Select(Path.GetFileName).Order());
        Assert.All(TinyDataSet.Gzipped, file => Assert.Equal(file.Value, File.ReadAllBytes(Folder[$"tiny/{file.Key}"])));
    }

    public void Dispose()
    {
        Client.Dispose();
        Folder.Dispose();
    }
}
