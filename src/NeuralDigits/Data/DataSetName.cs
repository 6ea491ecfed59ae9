using System.Text.RegularExpressions;

namespace NeuralDigits;

/// <summary>The names of data sets. Models and folders are named after them, so they are as plain as a file name can be.</summary>
internal static partial class DataSetName
{
    /// <summary>Whether a name starts with a letter or digit and holds nothing but <c>a-z</c>, <c>0-9</c>, <c>.</c> and <c>-</c>.</summary>
    public static bool IsValid(string name) => ValidName().IsMatch(name);

    /// <summary>
    /// Turns the last part of a path into a name. Only checksums earn the name of a known data set; a folder's name does not.
    /// </summary>
    public static string FromFolder(string folder)
    {
        string last = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        string name = OtherCharacters().Replace(last.ToLowerInvariant(), "-").Trim('-', '.');
        if (name.Length == 0)
            return "unnamed";
        return DataCatalog.Find(name) is not null ? name + "-variant" : name;
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9.-]*\z")]
    private static partial Regex ValidName();

    [GeneratedRegex("[^a-z0-9.]+")]
    private static partial Regex OtherCharacters();
}
