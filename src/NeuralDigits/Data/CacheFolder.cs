using System.Globalization;
using System.Security.Cryptography;

namespace NeuralDigits;

/// <summary>The folder of one data set in the cache, and what is known of its files.</summary>
internal sealed class CacheFolder
{
    private readonly CatalogEntry _catalogued;
    private readonly ChecksumLock _lock;
    private readonly Dictionary<(string Path, long Length, DateTime Written), string> _hashes = [];
    private readonly Dictionary<string, CatalogFile> _examined = [];

    public CacheFolder(CatalogEntry entry, string cacheFolder)
    {
        _catalogued = entry;
        _lock = new ChecksumLock(cacheFolder);
        Entry = _lock.Complete(entry);
        Path = System.IO.Path.Combine(cacheFolder, entry.Name);
    }

    /// <summary>The data set, with what was recorded of its files when they first came.</summary>
    public CatalogEntry Entry { get; private set; }

    /// <summary>The path of the folder, which need not exist.</summary>
    public string Path { get; }

    /// <summary>Where the checksums are recorded that the catalog does not have.</summary>
    public string LockPath => _lock.Path;

    /// <summary>Whether all files are there, and those that they should be.</summary>
    public bool IsWhole => Entry.Files.All(file => FaultOf(file) is null);

    public string PathOf(CatalogFile file) => System.IO.Path.Combine(Path, file.Name);

    /// <summary>Whether there is a file of that name, sound or not.</summary>
    /// <exception cref="IOException">There is a folder of that name.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be searched.</exception>
    public bool Holds(CatalogFile file) => LengthOf(file) is not null;

    /// <summary>
    /// What a file is instead of sound; null if it is there, and the one that it should be. One whose checksum nobody knows is as good as one that
    /// comes by download. A file of another length is not read.
    /// </summary>
    /// <exception cref="IOException">The file cannot be read, or is a folder.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or the folder not be searched.</exception>
    public string? FaultOf(CatalogFile file) => LengthOf(file) switch
    {
        null => "missing",
        0 => "empty, or a pipe or device",
        { } length when file.Length is { } expected && length != expected =>
            string.Create(CultureInfo.InvariantCulture, $"altered: expected {expected} bytes, found {length}"),
        _ when file.Sha256 is { } expected && Sha256Of(PathOf(file)) is { } found && found != expected =>
            $"altered: expected SHA-256 {expected}, found {found}",
        _ => null,
    };

    /// <summary>Learns what was recorded since the folder was first looked at.</summary>
    /// <exception cref="InvalidDataException">The record is malformed.</exception>
    public void Refresh() => Entry = _lock.Complete(_catalogued);

    /// <summary>Reads a file of which not all is known as what it is to be, and remembers what it learnt.</summary>
    /// <param name="file">What it is to be.</param>
    /// <param name="path">Where it lies, which need not be its place in the folder yet.</param>
    /// <exception cref="InvalidDataException">The file is malformed, or holds another number of images or labels than the data set has.</exception>
    public void Examine(CatalogFile file, string path)
    {
        if (ChecksumLock.IsKnown(file))
            return;
        bool isImages = file == Entry.TrainingImages || file == Entry.TestImages;
        bool isTraining = file == Entry.TrainingImages || file == Entry.TrainingLabels;
        var count = new IdxDimension(
            isImages ? "images" : "labels", isTraining ? Entry.TrainingCount : Entry.TestCount, $"{Entry.Name} has as many.");
        var anySize = new DataSetFormat { Rows = null, Columns = null, ClassCount = Entry.ClassNames.Count };
        IdxArray content = isImages ? IdxFile.ReadImages(path, count, anySize) : IdxFile.ReadLabels(path, count, anySize);
        _examined[file.Name] = file with
        {
            Length = file.Length ?? RegularFile.LengthOf(path),
            Sha256 = file.Sha256 ?? Sha256Of(path),
            UncompressedSha256 = file.UncompressedSha256 ?? content.Sha256,
        };
    }

    /// <summary>Learns what is not known of the files, all of which must be there.</summary>
    /// <returns>Whether there is something to record.</returns>
    /// <exception cref="InvalidDataException">A file is malformed.</exception>
    public bool Learn()
    {
        CatalogFile[] unknown = [.. Entry.Files.Where(file => !ChecksumLock.IsKnown(file))];
        foreach (CatalogFile file in unknown.Where(file => !_examined.ContainsKey(file.Name)))
            Examine(file, PathOf(file));
        Entry = Entry.WithFiles(file => _examined.GetValueOrDefault(file.Name, file));
        return unknown.Length > 0;
    }

    /// <summary>Records what was learnt for the times to come.</summary>
    /// <exception cref="InvalidDataException">There is a record already, and it is malformed.</exception>
    public Task RecordAsync(CancellationToken cancellation) => _lock.RecordAsync(Entry, cancellation);

    private long? LengthOf(CatalogFile file)
    {
        string path = PathOf(file);
        return Directory.Exists(path) ? throw new IOException($"'{path}' is a folder in the place of a file.") : RegularFile.LengthOf(path);
    }

    // Taken once of a file that stays the same.
    private string Sha256Of(string path)
    {
        using FileStream stream = RegularFile.Open(path);
        var identity = (path, stream.Length, File.GetLastWriteTimeUtc(stream.SafeFileHandle));
        if (!_hashes.TryGetValue(identity, out string? hash))
            _hashes[identity] = hash = Convert.ToHexStringLower(SHA256.HashData(stream));
        return hash;
    }
}
