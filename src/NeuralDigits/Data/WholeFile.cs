namespace NeuralDigits;

/// <summary>Files that appear whole or not at all: written under another name beside their place, then renamed.</summary>
internal static class WholeFile
{
    /// <summary>Writes a file, in place of any that is there.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        string temporary = TemporaryFor(path);
        try
        {
            WriteThrough(temporary, content);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Another name, beside the file, so that it can be renamed.</summary>
    public static string TemporaryFor(string path) => $"{Path.GetFullPath(path)}.{Guid.NewGuid():N}.tmp";

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
}
