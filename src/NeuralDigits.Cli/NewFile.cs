namespace NeuralDigits.Cli;

/// <summary>A file that a command puts out, whole or not at all.</summary>
internal static class NewFile
{
    /// <exception cref="IOException">There is such a file already, and it is not to be replaced.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content, bool replace)
    {
        RequireNone(path, replace);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no folder {folder} to write {Path.GetFileName(path)} into.");
        WholeFile.Write(path, content, replace);
    }

    /// <summary>Says before any work is done that it would be in vain.</summary>
    /// <inheritdoc cref="Write"/>
    public static void RequireNone(string path, bool replace)
    {
        if (Directory.Exists(path))
            throw new IOException($"{path} is a folder; expected the name of a file.");
        if (File.Exists(path) && !replace)
            throw new IOException($"{path} exists already; choose another name, or replace it with --force.");
    }
}
