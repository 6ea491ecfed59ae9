namespace NeuralDigits;

/// <summary>Finds or fetches the files of a data set of the catalog. Only files with the right checksum stay in the cache.</summary>
/// <param name="entry">The data set.</param>
/// <param name="cacheFolder">The cache, in which the data set has a folder of its name.</param>
/// <param name="waiting">Is told once if another process is fetching the same data set and this one waits for it, or null.</param>
internal sealed class DataCache(CatalogEntry entry, string cacheFolder, Action? waiting)
{
    private readonly List<Uri> _mirrors = [.. entry.Mirrors];
    private readonly HashSet<string> _hosts = [];
    private readonly List<string> _damaged = [];
    private readonly string _path = Path.Combine(cacheFolder, entry.Name);

    /// <summary>Checks the files that are there; takes those of the operating system or downloads what is missing.</summary>
    /// <param name="download">How to download; <see langword="null"/> if there must be none.</param>
    /// <param name="attempts">Runs the attempts at one mirror.</param>
    /// <param name="cancellation">Ends the download.</param>
    /// <exception cref="DataUnavailableException">A file is nowhere to be had, or the folder cannot be used.</exception>
    /// <exception cref="InvalidDataException">The record of checksums is malformed, or a file whose checksum nobody knows.</exception>
    public async Task<DataLocation> FillAsync(MirrorDownload? download, DownloadAttempts attempts, CancellationToken cancellation)
    {
        try
        {
            var folder = new CacheFolder(entry, cacheFolder);
            if (folder.IsWhole)
                return await FromCacheAsync(folder, mayRecord: download is not null, cancellation).ConfigureAwait(false);
            if (entry.InstalledFolders.FirstOrDefault(DataSetFiles.Exist) is { } installed)
                return new DataLocation(installed, DataOrigin.Installed, $"{entry.Name} from {installed}, where it is installed", folder.Entry);
            if (download is null)
                throw Refusal(folder);

            Directory.CreateDirectory(folder.Path);
            using IDisposable held = await FileLock.TakeAsync(folder.Path + ".lock", waiting, cancellation).ConfigureAwait(false);

            // Whoever held the lock before may have fetched all there is to fetch.
            folder.Refresh();
            if (folder.IsWhole)
                return await FromCacheAsync(folder, mayRecord: true, cancellation).ConfigureAwait(false);
            await DownloadAsync(folder, download, attempts, cancellation).ConfigureAwait(false);
            return new DataLocation(
                folder.Path, DataOrigin.Download,
                $"{entry.Name} downloaded from {string.Join(" and ", _hosts)} to {folder.Path}, SHA-256 verified{DamageNote}", folder.Entry);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException and not DataUnavailableException)
        {
            throw new DataUnavailableException($"The cache folder '{_path}' cannot be used: {e.Message}\n{Advice}", e);
        }
    }

    /// <summary>Compares the files that are there with what they have to be. Downloads, deletes and records nothing.</summary>
    /// <returns>All files, or none if none is there.</returns>
    /// <exception cref="InvalidDataException">The record of checksums is malformed.</exception>
    public IReadOnlyList<CachedFile> Check()
    {
        var folder = new CacheFolder(entry, cacheFolder);
        CachedFile[] files = [.. folder.Entry.Files.Select(file => new CachedFile(folder.PathOf(file), Fault(file)))];
        return folder.Entry.Files.Any(file => Path.Exists(folder.PathOf(file))) ? files : [];

        string? Fault(CatalogFile file)
        {
            try
            {
                return folder.FaultOf(file);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return $"unreadable: {exception.Message}";
            }
        }
    }

    private async Task<DataLocation> FromCacheAsync(CacheFolder folder, bool mayRecord, CancellationToken cancellation)
    {
        if (mayRecord && folder.Learn())
        {
            try
            {
                await folder.RecordAsync(cancellation).ConfigureAwait(false);
            }
            catch (Exception e) when (e is UnauthorizedAccessException or IOException)
            {
                // A cache that cannot be written to is read as it is.
            }
        }

        return new DataLocation(folder.Path, DataOrigin.Cache, $"{entry.Name} from the cache {folder.Path}, SHA-256 verified", folder.Entry);
    }

    private static string Advice =>
        $"Set --data or the environment variable {DataSetLocator.EnvironmentVariable} to a folder with {DataSetFiles.Description}.";

    private string DamageNote =>
        _damaged.Count == 0 ? "" : $" (damaged in the cache, deleted and fetched again: {string.Join(", ", _damaged)})";

    private DataUnavailableException Refusal(CacheFolder folder)
    {
        IEnumerable<string> faults =
            from file in folder.Entry.Files
            let fault = folder.FaultOf(file)
            where fault is not null
            select $"  {file.Name} is {fault}";
        return new DataUnavailableException(
            $"The data set {entry.Name} is not whole in the cache folder '{folder.Path}', and there is to be no download:\n" +
            $"{string.Join('\n', faults)}\n{Advice}");
    }

    private async Task DownloadAsync(CacheFolder folder, MirrorDownload download, DownloadAttempts attempts, CancellationToken cancellation)
    {
        foreach (CatalogFile file in folder.Entry.Files)
        {
            if (folder.FaultOf(file) is null)
                continue;
            if (folder.Holds(file))
            {
                File.Delete(folder.PathOf(file));
                _damaged.Add(file.Name);
            }

            await FetchAsync(folder, file, download, attempts, cancellation).ConfigureAwait(false);
        }

        if (folder.Learn())
            await folder.RecordAsync(cancellation).ConfigureAwait(false);
    }

    private async Task FetchAsync(
        CacheFolder folder, CatalogFile file, MirrorDownload download, DownloadAttempts attempts, CancellationToken cancellation)
    {
        var failures = new List<string>();
        foreach (Uri mirror in _mirrors.ToArray())
        {
            try
            {
                await attempts(
                    token => download.FetchAsync(mirror, file, folder.PathOf(file), path => folder.Examine(file, path), token), cancellation).ConfigureAwait(false);
                _hosts.Add(mirror.Host);
                return;
            }
            catch (Exception e) when (MirrorDownload.IsFailure(e))
            {
                failures.Add($"  {new Uri(mirror, file.Name)}: {Reason(e)}");

                // The next file need not wait for this mirror again.
                _mirrors.Remove(mirror);
                _mirrors.Add(mirror);
            }
        }

        throw new DataUnavailableException(
            $"The data set {entry.Name} is not at hand, and no mirror gave {file.Name}{DamageNote}:\n" +
            $"{string.Join('\n', failures)}\n{RecordNote(folder, file)}{Advice}");
    }

    private string RecordNote(CacheFolder folder, CatalogFile file) => file == entry.Files.First(known => known.Name == file.Name)
        ? ""
        : $"What {file.Name} has to be was recorded in {folder.LockPath} when it first came. If another one is to be trusted, delete its record there.\n";

    /// <summary>An HTTP client's message often says no more than that there is an inner one.</summary>
    private static string Reason(Exception e) =>
        e is HttpRequestException { InnerException: { } inner } && !e.Message.Contains(inner.Message, StringComparison.Ordinal)
            ? $"{e.Message} {inner.Message}"
            : e.Message;
}
