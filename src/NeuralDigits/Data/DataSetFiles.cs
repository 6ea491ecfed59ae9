namespace NeuralDigits;

/// <summary>The paths of the four files of a data set.</summary>
internal sealed record DataSetFiles(string TrainingImages, string TrainingLabels, string TestImages, string TestLabels)
{
    private static readonly string[] BaseNames =
        ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"];

    /// <summary>What a folder must hold, for a message.</summary>
    public static string Description =>
        $"the four files {string.Join(", ", BaseNames)} (each may end in .gz, or be spelled with a dot as in train-images.idx3-ubyte)";

    /// <summary>Finds the files of a folder. Where a file is there both plain and gzipped, the plain one is taken.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="origin">Who named the folder, such as <c>given by --data</c>; for the message.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">Files are missing; the message names all of them.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    public static DataSetFiles Find(string folder, string? origin = null)
    {
        string named = origin is null ? $"The data folder '{folder}'" : $"The data folder '{folder}', {origin},";
        if (!Directory.Exists(folder))
        {
            string found = File.Exists(folder) ? "a file" : "missing";
            throw new DirectoryNotFoundException($"{named} is {found}. Give a folder with {Description}.");
        }

        string?[] paths = [.. BaseNames.Select(name => Find(folder, Variants(name)))];
        string[] missing = [.. BaseNames.Where((_, i) => paths[i] is null)];
        if (missing.Length > 0)
        {
            RequireAccess(named, folder, missing);
            string elsewhere = FindWithin(folder) is { } inner ? $" The folder '{inner}' in it has them: name that, if it is meant." : "";
            throw new FileNotFoundException($"{named} lacks {string.Join(", ", missing)}. Give a folder with {Description}.{elsewhere}");
        }

        return new DataSetFiles(paths[0]!, paths[1]!, paths[2]!, paths[3]!);
    }

    /// <summary>Whether a folder is there and has all four files.</summary>
    public static bool Exist(string folder) => BaseNames.All(name => Find(folder, Variants(name)) is not null);

    /// <summary>Whether a folder has one or more of the four files.</summary>
    public static bool ExistInPart(string folder) => BaseNames.Any(name => Find(folder, Variants(name)) is not null);

    /// <summary>A folder in another, or in one of its folders, that has all four files, as torchvision's <c>MNIST/raw</c>; null if there is none.</summary>
    public static string? FindWithin(string folder)
    {
        var twoLevels = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 };
        return Directory.EnumerateDirectories(folder, "*", twoLevels).Where(Exist).Order(StringComparer.Ordinal).FirstOrDefault();
    }

    /// <summary>Writes the four files, and what the classes are called, into a folder, which appears with all of them or not at all.</summary>
    /// <returns>Whether they were written; false if they were there already.</returns>
    /// <exception cref="IOException">The folder is a file, holds anything else, or is the current one.</exception>
    /// <exception cref="InvalidDataException">The name of a class has control characters.</exception>
    public static bool Write(string folder, LabelledImages training, LabelledImages test)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (File.Exists(full))
            throw new IOException($"{folder} is a file; expected the name of a folder.");

        // Who stands in a folder that is replaced stands in none.
        if (full == Path.TrimEndingDirectorySeparator(Environment.CurrentDirectory) && !Directory.EnumerateFileSystemEntries(full).Any())
        {
            throw new IOException(
                $"{folder} is the current folder, which cannot be replaced by one with the files; name another, such as {Path.Combine(folder, "idx")}.");
        }

        string temporary = WholeFile.TemporaryFor(full);
        string[] paths = [.. BaseNames.Select(name => Path.Combine(temporary, name))];
        try
        {
            Directory.CreateDirectory(temporary);
            IdxFile.Write(training, paths[0], paths[1]);
            IdxFile.Write(test, paths[2], paths[3]);
            ClassNamesFile.Write(temporary, training.ClassNames);
            if (Directory.Exists(full) && Directory.EnumerateFileSystemEntries(full).Any())
            {
                return IsSame(full, temporary)
                    ? false
                    : throw new IOException($"{folder} holds something else already; choose another folder, or empty this one.");
            }

            if (Directory.Exists(full))
                Directory.Delete(full);
            Directory.Move(temporary, full);
            return true;
        }
        finally
        {
            if (Directory.Exists(temporary))
                Directory.Delete(temporary, recursive: true);
        }
    }

    private static bool IsSame(string folder, string other) => Names(folder).SequenceEqual(Names(other)) && Names(other).All(
        name => RegularFile.ReadAllBytes(Path.Combine(folder, name)).AsSpan().SequenceEqual(RegularFile.ReadAllBytes(Path.Combine(other, name))));

    private static IOrderedEnumerable<string> Names(string folder) =>
        Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    // What may not be seen is not missing.
    private static void RequireAccess(string named, string folder, string[] missing)
    {
        string[] listed;
        try
        {
            listed = [.. Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path))];
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new UnauthorizedAccessException($"{named} may not be read: {exception.Message}", exception);
        }

        if (missing.SelectMany(Variants).FirstOrDefault(listed.Contains) is { } hidden)
            throw new UnauthorizedAccessException($"{named} has {hidden}, which may not be read, or is a link that leads nowhere.");
    }

    private static string? Find(string folder, IEnumerable<string> names) =>
        names.Select(name => Path.Combine(folder, name)).FirstOrDefault(Path.Exists);

    private static string[] Variants(string name)
    {
        string dotted = name.Replace("-idx", ".idx", StringComparison.Ordinal);
        return [name, dotted, name + ".gz", dotted + ".gz"];
    }
}
