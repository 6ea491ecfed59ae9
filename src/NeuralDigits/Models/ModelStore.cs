using System.Text.Json;

namespace NeuralDigits;

/// <summary>
/// The folder of all published models: <c>name/version/</c>, and <c>name/latest.json</c> that names the version published last.
/// </summary>
/// <remarks>A version appears whole or not at all, and never changes afterwards. Several processes may use a store at once.</remarks>
public sealed class ModelStore
{
    internal const string LatestFileName = "latest.json";

    private readonly StoreFiles _files;

    /// <summary>Takes a folder as a store.</summary>
    /// <param name="root">The folder; made when the first model is published.</param>
    public ModelStore(string root)
        : this(root, new StoreFiles())
    {
    }

    internal ModelStore(string root, StoreFiles files)
    {
        ArgumentNullException.ThrowIfNull(root);
        Root = root;
        _files = files;
    }

    /// <summary>The folder of all models.</summary>
    public string Root { get; }

    /// <summary>The names of the models of which there is a published version, in alphabetical order.</summary>
    public IReadOnlyList<string> Names() =>
        [.. FoldersIn(Root).Where(name => StoreNames.IsName(name) && Versions(name).Count > 0).Order(StringComparer.Ordinal)];

    /// <summary>The published versions of a model, in the order of semantic versions; none if there is no such model.</summary>
    /// <param name="name">The model's name.</param>
    /// <exception cref="ArgumentException">The name is not of the right form.</exception>
    public IReadOnlyList<string> Versions(string name) =>
        [.. FoldersIn(FolderOf(name)).Where(StoreNames.IsVersion).Order(VersionOrder.Instance)];

    /// <summary>Where a version of a model is, or would be.</summary>
    /// <param name="name">The model's name: lower-case letters, digits, dots, hyphens and underscores, at most 100.</param>
    /// <param name="version">A version as of https://semver.org.</param>
    /// <exception cref="ArgumentException">The name or the version is not of that form.</exception>
    public string FolderOf(string name, string version)
    {
        StoreNames.CheckVersion(version);
        return Path.Combine(FolderOf(name), version);
    }

    /// <summary>The version of a model that was published last; null if there is none.</summary>
    /// <param name="name">The model's name.</param>
    /// <exception cref="ArgumentException">The name is not of the right form.</exception>
    /// <exception cref="InvalidDataException">The record of the last version is damaged.</exception>
    public string? LatestVersion(string name)
    {
        string path = Path.Combine(FolderOf(name), LatestFileName);
        if (!File.Exists(path))
            return null;
        try
        {
            LatestVersion? latest = JsonSerializer.Deserialize(File.ReadAllBytes(path), IndentedModelJson.Default.LatestVersion);
            if (latest is not null && StoreNames.IsVersion(latest.Version))
                return latest.Version;
        }
        catch (JsonException)
        {
            // Said below.
        }

        throw new InvalidDataException($"{path} is not of the form {{\"version\": \"1.2.0\"}}. Delete it, or publish again.");
    }

    /// <summary>
    /// The version that another one of the same model is to be compared with: the one published last, or, if that is the other one itself, the
    /// highest of the rest; null if there is none.
    /// </summary>
    /// <param name="name">The model's name.</param>
    /// <param name="version">The version to be compared, which need not be published.</param>
    /// <exception cref="ArgumentException">The name is not of the right form.</exception>
    /// <exception cref="InvalidDataException">The record of the last version is damaged.</exception>
    public string? BaselineOf(string name, string version)
    {
        string[] others = [.. Versions(name).Where(other => other != version)];
        string? latest = LatestVersion(name);
        return latest is not null && others.Contains(latest) ? latest
            : others is [.., string highest] ? highest
            : null;
    }

    /// <summary>Publishes a model under the name and version of its manifest.</summary>
    /// <remarks>
    /// Wherever this ends, even by a kill or a power cut, the store is as it was or as it is to be. Of several publishers of one version,
    /// one adds it; the others find it there already.
    /// </remarks>
    /// <param name="content">The files.</param>
    /// <returns>Whether the version is new. If not, it was there already with the same result, and it was not changed.</returns>
    /// <exception cref="ArgumentException">The manifest's name or version is not of the right form.</exception>
    /// <exception cref="ModelVersionConflictException">The version is there already with another result.</exception>
    /// <exception cref="InvalidDataException">The version is there already, but damaged.</exception>
    /// <exception cref="IOException">The disk is full, may not be written, or failed. The message says what was done.</exception>
    public bool Publish(ModelContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        StoreNames.CheckVersion(content.Manifest.Version);
        return new Publication(_files, FolderOf(content.Manifest.Name), content).Run();
    }

    /// <summary>The name and version that a model directory should have by where it lies; null if it does not lie in a store.</summary>
    internal static (string Name, string Version)? PlaceOf(string folder)
    {
        string path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        string modelFolder = Path.GetDirectoryName(path) ?? path;
        return File.Exists(Path.Combine(modelFolder, LatestFileName)) ? (Path.GetFileName(modelFolder), Path.GetFileName(path)) : null;
    }

    private string FolderOf(string name)
    {
        StoreNames.CheckName(name);
        return Path.Combine(Root, name);
    }

    private static IEnumerable<string> FoldersIn(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path)) : [];
}
