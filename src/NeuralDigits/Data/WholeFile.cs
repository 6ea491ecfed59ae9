namespace NeuralDigits;

/// <summary>Files that appear whole or not at all: written under another name beside their place, then renamed.</summary>
/// <remarks>The other name is the file's with an identifier and <c>.tmp</c> behind it. Who writes it holds it open until it is renamed.</remarks>
internal static class WholeFile
{
    private const string Ending = ".tmp";
    private const int IdLength = 32;
    private const int Attempts = 10;

    /// <summary>Writes a file. What a process left that ended while it wrote the same one is deleted.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">Its content.</param>
    /// <param name="replace">Whether it may take the place of another one.</param>
    /// <exception cref="IOException">It cannot be written; or it is there already, and may not be replaced.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content, bool replace = true)
    {
        Sweep(path);
        using FileStream stream = Create(path);
        try
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
            File.Move(stream.Name, path, replace);
        }
        catch
        {
            File.Delete(stream.Name);
            throw;
        }
    }

    /// <summary>Another name, beside the file, so that it can be renamed.</summary>
    public static string TemporaryFor(string path) => $"{Path.GetFullPath(path)}.{Guid.NewGuid():N}{Ending}";

    /// <summary>Writes a new file. Flushed to the disk, so that no crash behind its renaming leaves a complete-looking file that is empty.</summary>
    /// <param name="path">The file, which must not be there yet.</param>
    /// <param name="content">What it begins with.</param>
    /// <param name="rest">What follows.</param>
    public static void WriteThrough(string path, ReadOnlySpan<byte> content, ReadOnlySpan<byte> rest = default)
    {
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        stream.Write(content);
        stream.Write(rest);
        stream.Flush(flushToDisk: true);
    }

    // Renamed while it is open, which Windows lets happen to files that may be deleted. On Unix a file is made first and locked then: a sweep
    // that comes in between holds it, or has deleted it already.
    private static FileStream Create(string path)
    {
        for (int attempt = 1; ; attempt++)
        {
            string temporary = TemporaryFor(path);
            try
            {
                var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.Delete);
                if (File.Exists(temporary) || attempt == Attempts)
                    return stream;
                stream.Dispose();
            }
            catch (IOException) when (attempt < Attempts && Directory.Exists(Path.GetDirectoryName(temporary)))
            {
            }
        }
    }

    private static void Sweep(string path)
    {
        string file = Path.GetFileName(path) + ".";
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!Directory.Exists(folder))
            return;
        foreach (string left in Directory.EnumerateFiles(folder).Where(other => IsTemporary(Path.GetFileName(other), file)))
            DeleteUnlessHeld(left);
    }

    private static bool IsTemporary(string name, string file) =>
        name.Length == file.Length + IdLength + Ending.Length
        && name.StartsWith(file, StringComparison.Ordinal)
        && name.EndsWith(Ending, StringComparison.Ordinal)
        && Guid.TryParseExact(name.AsSpan(file.Length, IdLength), "N", out _);

    private static void DeleteUnlessHeld(string path)
    {
        try
        {
            using var held = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Someone writes it still, or it may not be deleted: it is in no one's way.
        }
    }
}
