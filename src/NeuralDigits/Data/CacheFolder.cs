using System.Security.Cryptography;

namespace NeuralDigits;

/// <summary>What a file of the cache is.</summary>
internal enum CacheState
{
    Missing,
    Altered,
    Sound,
}

/// <summary>The folder of one data set in the cache, and what is known of its files.</summary>
internal sealed class CacheFolder
{
    private readonly ChecksumLock _lock;

    public CacheFolder(CatalogEntry entry, string cacheFolder)
    {
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

    public string PathOf(CatalogFile file) => System.IO.Path.Combine(Path, file.Name);

    /// <summary>Whether a file is there, and the one that it should be. One whose checksum nobody knows is as good as one that comes by download.</summary>
    public CacheState StateOf(CatalogFile file)
    {
        string path = PathOf(file);
        if (!File.Exists(path))
            return CacheState.Missing;
        if (file.Sha256 is null)
            return CacheState.Sound;
        return Sha256Of(path) == file.Sha256 ? CacheState.Sound : CacheState.Altered;
    }

    /// <summary>Deletes a file that cannot be read; of one whose checksum nobody knows there is no more to check.</summary>
    /// <exception cref="InvalidDataException">The file is malformed.</exception>
    public void RequireReadable(CatalogFile file)
    {
        try
        {
            Examine(file);
        }
        catch (InvalidDataException)
        {
            File.Delete(PathOf(file));
            throw;
        }
    }

    /// <summary>Learns what is not known of the files, all of which must be there, and records it for the times to come.</summary>
    /// <exception cref="InvalidDataException">A file is malformed; nothing is recorded.</exception>
    public void Learn()
    {
        if (Entry.Files.All(ChecksumLock.IsKnown))
            return;
        Entry = Entry.WithFiles(Examine);
        _lock.Record(Entry);
    }

    private CatalogFile Examine(CatalogFile file)
    {
        if (ChecksumLock.IsKnown(file))
            return file;
        string path = PathOf(file);
        var anySize = new DataSetFormat { Rows = null, Columns = null, ClassCount = Entry.ClassNames.Count };
        IdxArray content = file == Entry.TrainingImages || file == Entry.TestImages ? IdxFile.ReadImages(path, anySize) : IdxFile.ReadLabels(path, anySize);
        return file with
        {
            Length = file.Length ?? new FileInfo(path).Length,
            Sha256 = file.Sha256 ?? Sha256Of(path),
            UncompressedSha256 = file.UncompressedSha256 ?? content.Sha256,
        };
    }

    private static string Sha256Of(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
