namespace NeuralDigits;

/// <summary>
/// Finds the four files of a data set: in a folder the user names, else in the cache, else where the operating system has them, else at the
/// mirrors. A folder that is named but not usable is an error; it is never passed over in silence.
/// </summary>
public sealed class DataSetLocator
{
    /// <summary>The environment variable that names a data folder; the caller reads it.</summary>
    public const string EnvironmentVariable = "NEURALDIGITS_DATA";

    private readonly CatalogEntry _entry;
    private readonly string _cacheFolder;
    private readonly HttpClient _client;

    /// <summary>Creates a locator for a data set of the catalog.</summary>
    /// <param name="entry">The data set to fall back on when no folder is named.</param>
    /// <param name="cacheFolder">The cache; the data set gets a folder of its own name in it.</param>
    /// <param name="client">Used for downloads only, and not disposed; see <see cref="CreateHttpClient"/>.</param>
    public DataSetLocator(CatalogEntry entry, string cacheFolder, HttpClient client)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentException.ThrowIfNullOrEmpty(cacheFolder);
        ArgumentNullException.ThrowIfNull(client);
        (_entry, _cacheFolder, _client) = (entry, cacheFolder, client);
    }

    /// <summary>How long a mirror may send nothing, or less than 16 KiB, before the next one is tried. 15 seconds unless set.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Whether to use no network: what the cache lacks is then refused, and nothing in it is deleted. False unless set.</summary>
    public bool Offline { get; init; }

    /// <summary>
    /// Runs the attempts to fetch a file from one mirror, as a library for resilience does: again, after a while, where
    /// <see cref="IsTransient"/> says that this may help. Once unless set. A download that was cut off goes on where it ended.
    /// </summary>
    public DownloadAttempts Attempts { get; init; } = (attempt, cancellation) => attempt(cancellation);

    /// <summary>Is told once if another process is fetching the same data set, and this one waits for it; or <see langword="null"/>.</summary>
    public Action? Waiting { get; init; }

    /// <summary>What <see cref="StallTimeout"/> goes by.</summary>
    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Whether a failure of an attempt is one that another attempt at the same mirror may not have.</summary>
    /// <param name="failure">The exception.</param>
    public static bool IsTransient(Exception failure) => MirrorDownload.IsTransient(failure);

    /// <summary>
    /// A client that gives up a connection that is not made within five seconds, and leaves it to <see cref="StallTimeout"/> to give up one
    /// that sends nothing.
    /// </summary>
    public static HttpClient CreateHttpClient() =>
        new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(5) }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Finds the data, downloading them if need be.</summary>
    /// <remarks>
    /// A named folder may hold any data set in IDX files. The cache and the downloads are held against the catalog's SHA-256: a file that
    /// differs is deleted and fetched once more.
    /// </remarks>
    /// <param name="folderOption">The value of <c>--data</c>, or <see langword="null"/>; it goes first.</param>
    /// <param name="folderVariable">The value of <see cref="EnvironmentVariable"/>; <see langword="null"/> or empty if not set.</param>
    /// <param name="progress">Is told of each connection and of all bytes received, or <see langword="null"/>.</param>
    /// <param name="cancellation">Ends the download. What has come of a file stays, called <c>.partial</c>, and the next download goes on from there.</param>
    /// <exception cref="DirectoryNotFoundException">The named folder does not exist.</exception>
    /// <exception cref="FileNotFoundException">The named folder lacks files; the message names all of them.</exception>
    /// <exception cref="DataUnavailableException">No folder is named, the cache lacks files, and no mirror gave or none may be asked for them.</exception>
    /// <exception cref="OperationCanceledException">The download was cancelled.</exception>
    public async Task<DataLocation> LocateAsync(
        string? folderOption,
        string? folderVariable,
        IProgress<DownloadProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        if (folderOption is not null)
            return Named(folderOption, DataOrigin.Option, "given by --data");
        if (!string.IsNullOrEmpty(folderVariable))
            return Named(folderVariable, DataOrigin.EnvironmentVariable, $"given by the environment variable {EnvironmentVariable}");

        MirrorDownload? download = Offline ? null : new MirrorDownload(_client, StallTimeout, Clock, progress);
        return await new DataCache(_entry, _cacheFolder, Waiting).FillAsync(download, Attempts, cancellation).ConfigureAwait(false);
    }

    /// <summary>Compares the data set's files in the cache with what they have to be. Downloads, deletes and records nothing.</summary>
    /// <returns>All four files if any is there, else none.</returns>
    /// <exception cref="InvalidDataException">The record of checksums is malformed.</exception>
    public IReadOnlyList<CachedFile> CheckCache() => new DataCache(_entry, _cacheFolder, waiting: null).Check();

    private static DataLocation Named(string folder, DataOrigin origin, string words)
    {
        DataSetFiles.Find(folder, words);
        return new DataLocation(folder, origin, $"data from {folder}, {words}");
    }
}
