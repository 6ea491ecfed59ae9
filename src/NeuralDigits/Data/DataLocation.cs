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
}

/// <summary>A folder with the four files of a data set, and how it came to be chosen.</summary>
public sealed class DataLocation
{
    internal DataLocation(string folder, DataOrigin origin, string description) =>
        (Folder, Origin, Description) = (folder, origin, description);

    /// <summary>The folder, for <see cref="DataSet.Load"/>.</summary>
    public string Folder { get; }

    /// <summary>How the folder was chosen.</summary>
    public DataOrigin Origin { get; }

    /// <summary>Folder and origin in one line for the screen.</summary>
    public string Description { get; }
}
