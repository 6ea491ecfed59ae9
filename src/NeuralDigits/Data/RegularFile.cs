namespace NeuralDigits;

/// <summary>Files that have an end: neither folders, nor pipes and devices, of which some never say anything and others never stop.</summary>
internal static class RegularFile
{
    private const int BufferLength = 64 * 1024;

    /// <summary>Opens a file to read it from front to back.</summary>
    /// <param name="path">The file, or a link to it.</param>
    /// <exception cref="InvalidDataException">It is a folder, a pipe or a device, or it is empty.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static FileStream Open(string path)
    {
        if (Directory.Exists(path))
            throw Malformed.Data(path, "as a whole", "a file", "a folder");

        // To open a pipe waits for its other end, so this is found out before.
        if (LengthOf(path) == 0)
        {
            throw Malformed.Data(
                path, "as a whole", "a file with content", "nothing: it is empty, or a pipe or device",
                "Save what comes through a pipe to a file first.");
        }

        FileStream file = OpenLinked(path);
        if (file.CanSeek)
            return file;
        file.Dispose();
        throw Malformed.Data(path, "as a whole", "a regular file", "a pipe or device", "Save its content to a file first.");
    }

    /// <summary>
    /// Reads a whole file: as many bytes as the system says that it has, and none of a pipe or device, which has none by that account and might
    /// never end.
    /// </summary>
    /// <param name="path">The file, or a link to it.</param>
    /// <exception cref="FileNotFoundException">It is missing.</exception>
    /// <exception cref="InvalidDataException">It is too long, or changes while it is read.</exception>
    public static byte[] ReadAllBytes(string path)
    {
        long length = LengthOf(path) ?? throw new FileNotFoundException($"{path} is missing.", path);
        if (length > Array.MaxLength)
            throw new InvalidDataException($"{path} has {length} bytes; expected at most {Array.MaxLength}.");
        if (length == 0)
            return [];
        using FileStream file = File.OpenRead(path);
        return ReadToEnd(path, file, (int)length);
    }

    /// <summary>Reads a file that was just opened.</summary>
    /// <param name="path">The file as the caller named it.</param>
    /// <param name="file">The file.</param>
    /// <param name="length">How many bytes it has.</param>
    /// <exception cref="InvalidDataException">It changes while it is read.</exception>
    public static byte[] ReadToEnd(string path, FileStream file, int length)
    {
        var content = new byte[length];
        int read = file.ReadAtLeast(content, length, throwOnEndOfStream: false);
        return read == length && file.Length == length
            ? content
            : throw Malformed.Data(path, $"offset {read}", $"{length} bytes, as when it was opened", $"{file.Length}", "The file changed while it was read.");
    }

    /// <summary>
    /// How many bytes a file has by the account of the system, which is none for a pipe or device; null where there is no such file, or only the
    /// system can follow a link to it.
    /// </summary>
    /// <param name="path">The file, or a link to it.</param>
    /// <exception cref="UnauthorizedAccessException">The folder that it is in may not be searched.</exception>
    public static long? LengthOf(string path)
    {
        try
        {
            // Of a link, .NET tells the length of the link.
            var file = (FileInfo)(File.ResolveLinkTarget(path, returnFinalTarget: true) ?? new FileInfo(path));
            return file.Exists ? file.Length : null;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static FileStream OpenLinked(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferLength, FileOptions.SequentialScan);
        }
        catch (FileNotFoundException exception) when (new FileInfo(path).LinkTarget is { } target)
        {
            throw new FileNotFoundException($"'{path}' is a link to '{target}', which is missing.", path, exception);
        }
    }
}
