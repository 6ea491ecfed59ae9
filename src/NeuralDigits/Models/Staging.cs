namespace NeuralDigits;

/// <summary>
/// A publisher's own place in the folder of a model. What is made in it is then moved to where it belongs, and a lock beside it tells
/// whether its publisher is alive.
/// </summary>
/// <remarks>
/// <c>.staging-ID.lock</c> is held from before the folder is made until after it is gone; the system lets go of it when the process ends.
/// <c>.staging-ID/</c> holds <c>version/</c> and <c>latest.json</c>; if only the latter, its publisher ended between the two moves.
/// <c>.staging-ID.dead/</c> is about to be deleted.
/// </remarks>
internal sealed class Staging : IDisposable
{
    private const string Prefix = ".staging-";
    private const int IdLength = 32;
    private const int Attempts = 3;

    private readonly StoreFiles _files;
    private readonly string _modelFolder;
    private readonly FileStream _lock;

    private Staging(StoreFiles files, string folder, FileStream held)
    {
        _files = files;
        _modelFolder = Path.GetDirectoryName(folder)!;
        _lock = held;
        Folder = folder;
    }

    /// <summary>The place itself; whoever makes something in it makes it first.</summary>
    public string Folder { get; }

    /// <summary>Where to make the version.</summary>
    public string VersionFolder => Path.Combine(Folder, "version");

    /// <summary>Where to make the new <c>latest.json</c>.</summary>
    public string LatestFile => Path.Combine(Folder, ModelStore.LatestFileName);

    // What is left of it once the version has been moved, but the record of the latest version has not.
    private bool IsUnfinished => File.Exists(LatestFile) && !Directory.Exists(VersionFolder);

    /// <summary>Takes a place that no other publisher has.</summary>
    public static Staging Take(StoreFiles files, string modelFolder)
    {
        for (int attempt = 1; ; attempt++)
        {
            string folder = Path.Combine(modelFolder, $"{Prefix}{Guid.NewGuid():N}");
            if (TryLock(files, folder, FileMode.CreateNew, mustSucceed: attempt >= Attempts) is { } held)
                return new Staging(files, folder, held);
        }
    }

    /// <summary>Finishes or deletes what publishers left that are no longer alive. What cannot be deleted is left to the next sweep.</summary>
    public static void Sweep(StoreFiles files, string modelFolder)
    {
        IEnumerable<string> names = Directory.EnumerateFileSystemEntries(modelFolder, Prefix + "*").Select(path => Path.GetFileName(path));
        foreach (string name in names.Where(name => name.Length >= Prefix.Length + IdLength).Select(name => name[..(Prefix.Length + IdLength)]).ToHashSet())
        {
            string folder = Path.Combine(modelFolder, name);
            if (TryLock(files, folder, FileMode.OpenOrCreate, mustSucceed: false) is not { } held)
                continue;
            using var left = new Staging(files, folder, held);
            TryTo(() =>
            {
                if (left.IsUnfinished)
                    left.MoveLatest();
            });
        }
    }

    /// <summary>Lets <see cref="LatestFile"/> replace the record of the latest version.</summary>
    public void MoveLatest()
    {
        _files.ReplaceFile(LatestFile, Path.Combine(_modelFolder, ModelStore.LatestFileName));
        _files.FlushFolder(_modelFolder);
    }

    /// <summary>Leaves nothing behind but what the next sweep is to finish.</summary>
    public void Dispose()
    {
        using (_lock)
        {
            if (!IsUnfinished)
                TryTo(Delete);
        }
    }

    private static FileStream? TryLock(StoreFiles files, string folder, FileMode mode, bool mustSucceed)
    {
        string path = folder + ".lock";
        try
        {
            // On Unix a file is opened first and locked then: a sweep may have come in between, and deleted it.
            FileStream held = files.Lock(path, mode);
            if (File.Exists(path))
                return held;
            held.Dispose();
        }
        catch (Exception exception) when (!mustSucceed && exception is IOException or UnauthorizedAccessException)
        {
            // Someone else holds it.
        }

        return null;
    }

    // Renamed first: a folder that is half deleted must not look like one that is unfinished.
    private void Delete()
    {
        string dead = Folder + ".dead";
        if (Directory.Exists(dead))
            _files.DeleteFolder(dead);
        if (!Directory.Exists(Folder))
            return;
        _files.MoveFolder(Folder, dead);
        _files.DeleteFolder(dead);
    }

    // An error here must not hide the one that led here, nor keep a version from being published; the next sweep tries again.
    private static void TryTo(Action clean)
    {
        try
        {
            clean();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }
}
