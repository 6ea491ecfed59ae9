namespace NeuralDigits;

/// <summary>Where a data set was found.</summary>
public enum DataOrigin
{
    /// <summary>In the folder given by <c>--data</c>.</summary>
    Option,

    /// <summary>In the folder given by the environment variable <c>NEURALDIGITS_DATA</c>.</summary>
    EnvironmentVariable,

    /// <summary>In the cache; nothing was downloaded.</summary>
    Cache,

    /// <summary>At a mirror; some or all files were downloaded into the cache.</summary>
    Download,

    /// <summary>In a folder that a package of the operating system put them into.</summary>
    Installed,
}

/// <summary>A folder with the four files of a data set, and how it came to be chosen.</summary>
public sealed class DataLocation
{
    private readonly CatalogEntry? _entry;

    internal DataLocation(string folder, DataOrigin origin, string description, CatalogEntry? entry = null) =>
        (Folder, Origin, Description, _entry) = (folder, origin, description, entry);

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>The paths of the four files: training images, training labels, test images and test labels.</summary>
    /// <exception cref="IOException">The folder or a file is missing.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    public IReadOnlyList<string> FindFiles()
    {
        DataSetFiles files = DataSetFiles.Find(Folder);
        return [files.TrainingImages, files.TrainingLabels, files.TestImages, files.TestLabels];
    }

    /// <summary>What the folder's <c>classes.txt</c> says that the classes are called, in the order of their labels; null if it has no such file.</summary>
    /// <exception cref="InvalidDataException">The file is no list of 2 to 256 names, all different.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public IReadOnlyList<string>? ReadClassNames() => ClassNamesFile.Read(Folder);

    /// <summary>How the folder was chosen.</summary>
    public DataOrigin Origin { get; }

    /// <summary>Folder and origin in one line for the screen.</summary>
    public string Description { get; }

    /// <summary>Loads the data set. One of the catalog has its name and the names of its classes, and is held against its checksums.</summary>
    /// <exception cref="InvalidDataException">A file is malformed, or not the one that the catalog means.</exception>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public DataSet Load() => _entry is null ? DataSet.Load(Folder) : DataSet.Load(Folder, _entry);
}
