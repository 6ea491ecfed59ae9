namespace NeuralDigits.Cli;

/// <summary>What the value of <c>--data</c> names.</summary>
/// <remarks>
/// The spelling alone decides, never what happens to lie in the working folder: a word of the catalog is the catalog's data set, all else
/// is a path. So a command line means the same wherever it is run.
/// </remarks>
internal abstract record DataChoice
{
    /// <summary>The value that leaves the choice to the tool.</summary>
    public const string AutomaticName = "auto";

    /// <summary>The value that stands for digits drawn by the tool itself.</summary>
    public const string SyntheticName = "synthetic";

    /// <summary>All values that are names.</summary>
    public static IEnumerable<string> Names => [AutomaticName, SyntheticName, .. DataCatalog.All.Select(entry => entry.Name)];

    /// <summary>Reads a value.</summary>
    public static DataChoice Of(string value) => value switch
    {
        AutomaticName => new Automatic(),
        SyntheticName => new Synthetic(),
        _ when DataCatalog.Find(value) is { } entry => new OfCatalog(entry),
        _ => new Folder(value),
    };

    /// <summary>What is at hand: the folder of the environment variable, the cache, a download.</summary>
    public sealed record Automatic : DataChoice;

    /// <summary>Digits drawn by the tool itself.</summary>
    public sealed record Synthetic : DataChoice;

    /// <summary>A data set of the catalog, from the cache or by download.</summary>
    public sealed record OfCatalog(CatalogEntry Entry) : DataChoice;

    /// <summary>A folder or file with any data set.</summary>
    public sealed record Folder(string Path) : DataChoice;
}
