using System.Security.Cryptography;

namespace NeuralDigits;

/// <summary>The folder that keeps the files of a data set. Only files with the catalog's checksum stay in it.</summary>
internal sealed class DataCache(CatalogEntry entry, string folder)
{
    private readonly List<Uri> _mirrors = [.. entry.Mirrors];
    private readonly HashSet<string> _hosts = [];
    private readonly List<string> _damaged = [];

    /// <summary>Checks the files that are there and downloads the others.</summary>
    /// <exception cref="DataUnavailableException">A file is at no mirror, or the folder cannot be used.</exception>
    public async Task<DataLocation> FillAsync(MirrorDownload download, CancellationToken cancellation)
    {
        try
        {
            Directory.CreateDirectory(folder);
            foreach (CatalogFile file in entry.Files)
            {
                FileState state = StateOf(file);
                if (state == FileState.Altered)
                    Discard(file);
                if (state != FileState.Sound)
                    await FetchAsync(file, download, cancellation).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException and not DataUnavailableException)
        {
            throw new DataUnavailableException($"The cache folder '{folder}' cannot be used: {e.Message}\n{Advice}", e);
        }

        return _hosts.Count == 0
            ? FromCache
            : new DataLocation(
                folder, DataOrigin.Download,
                $"{entry.Name} downloaded from {string.Join(" and ", _hosts)} to {folder}, SHA-256 verified{DamageNote}");
    }

    /// <summary>Checks the files that are there, and changes nothing.</summary>
    /// <exception cref="DataUnavailableException">A file is missing or altered, or cannot be read.</exception>
    public DataLocation Check()
    {
        try
        {
            string[] faults =
            [
                .. from file in entry.Files
                   let state = StateOf(file)
                   where state != FileState.Sound
                   select state == FileState.Missing ? $"  {file.Name} is missing" : $"  {file.Name} was altered: its SHA-256 is not {file.Sha256}",
            ];
            return faults.Length == 0
                ? FromCache
                : throw new DataUnavailableException(
                    $"The data set {entry.Name} is not whole in the cache folder '{folder}', and there is to be no download:\n" +
                    $"{string.Join('\n', faults)}\n{Advice}");
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException and not DataUnavailableException)
        {
            throw new DataUnavailableException($"The cache folder '{folder}' cannot be used: {e.Message}\n{Advice}", e);
        }
    }

    private DataLocation FromCache => new(folder, DataOrigin.Cache, $"{entry.Name} from the cache {folder}, SHA-256 verified");

    private static string Advice =>
        $"Set --data or the environment variable {DataSetLocator.EnvironmentVariable} to a folder with {DataSetFiles.Description}.";

    private string DamageNote =>
        _damaged.Count == 0 ? "" : $" (damaged in the cache, deleted and fetched again: {string.Join(", ", _damaged)})";

    private FileState StateOf(CatalogFile file)
    {
        string path = Path.Combine(folder, file.Name);
        if (!File.Exists(path))
            return FileState.Missing;
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream)) == file.Sha256 ? FileState.Sound : FileState.Altered;
    }

    private void Discard(CatalogFile file)
    {
        File.Delete(Path.Combine(folder, file.Name));
        _damaged.Add(file.Name);
    }

    private async Task FetchAsync(CatalogFile file, MirrorDownload download, CancellationToken cancellation)
    {
        var failures = new List<string>();
        foreach (Uri mirror in _mirrors.ToArray())
        {
            try
            {
                await download.FetchAsync(mirror, file, Path.Combine(folder, file.Name), cancellation).ConfigureAwait(false);
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
            $"{string.Join('\n', failures)}\n{Advice}");
    }

    /// <summary>An HTTP client's message often says no more than that there is an inner one.</summary>
    private static string Reason(Exception e) =>
        e is HttpRequestException { InnerException: { } inner } && !e.Message.Contains(inner.Message, StringComparison.Ordinal)
            ? $"{e.Message} {inner.Message}"
            : e.Message;

    private enum FileState
    {
        Missing,
        Altered,
        Sound,
    }
}
