using System.Text;
using System.Text.Json;

namespace NeuralDigits;

/// <summary>
/// The folder of all published models: <c>name/version/</c>, and <c>name/latest.json</c> that names the version published last.
/// </summary>
/// <remarks>A version appears whole or not at all, and never changes afterwards. Several processes may use a store at once.</remarks>
public sealed class ModelStore
{
    /// <summary>The file beside the versions of a model that names the one published last.</summary>
    public const string LatestFileName = "latest.json";

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

    /// <summary>The version of a model that was published last; null if there is no record of it.</summary>
    /// <param name="name">The model's name.</param>
    /// <exception cref="ArgumentException">The name is not of the right form.</exception>
    /// <exception cref="InvalidDataException">The record of the last version is damaged.</exception>
    public string? LatestVersion(string name)
    {
        string path = Path.Combine(FolderOf(name), LatestFileName);
        if (!File.Exists(path))
            return null;
        byte[] json = RegularFile.ReadAllBytes(path);
        try
        {
            LatestVersion? latest = JsonSerializer.Deserialize(json, IndentedModelJson.Default.LatestVersion);
            if (latest is not null && StoreNames.IsVersion(latest.Version))
                return latest.Version;
        }
        catch (JsonException)
        {
            // Said below.
        }

        throw new InvalidDataException(
            $"{path} is '{Excerpt.Of(Encoding.UTF8.GetString(json))}'; expected {{\"version\": \"1.2.0\"}}. Publish a version, old or new: that writes it anew.");
    }

    /// <summary>
    /// Opens the version that another one of the same model is to be compared with: of those not published by force, the one published last,
    /// or else the highest; null if there is none.
    /// </summary>
    /// <remarks>What was published by force failed its checks: measured by it, the next one could be as bad and pass.</remarks>
    /// <param name="name">The model's name.</param>
    /// <param name="version">The version to be compared, which need not be published.</param>
    /// <exception cref="ArgumentException">The name is not of the right form.</exception>
    /// <exception cref="InvalidDataException">A version is damaged that may be the one to compare with.</exception>
    public ModelDirectory? OpenBaseline(string name, string version)
    {
        string? latest = PublishedLatest(name);
        return Versions(name).Reverse().Where(other => other != version).OrderByDescending(other => other == latest)
            .Select(other => OpenToCompare(FolderOf(name, other)))
            .FirstOrDefault(other => !other.Manifest.Gate.Forced);
    }

    /// <summary>Says before any work is done that it could not be published.</summary>
    /// <exception cref="IOException"><see cref="Root"/>, or a folder on the way to it, is a file.</exception>
    public void RequireFolder()
    {
        for (string? path = Path.GetFullPath(Root); path is not null && !Directory.Exists(path); path = Path.GetDirectoryName(path))
        {
            if (File.Exists(path))
                throw new IOException($"{path} is a file; expected a folder to publish models in, or the name of a new one.");
        }
    }

    /// <summary>Publishes a model under the name and version of its manifest.</summary>
    /// <remarks>
    /// Wherever this ends, even by a kill or a power cut, the store is as it was or as it is to be. Of several publishers of one version,
    /// one adds it; the others find it there already.
    /// <para>
    /// The result is the same where <c>model.safetensors</c>, <c>metrics.json</c> and <c>history.jsonl</c> have the same bytes, and the manifests
    /// differ in nothing but their gates, their provenance and their lists of files. What then differs says who made the model and what it had
    /// to reach, or is another form of it.
    /// </para>
    /// </remarks>
    /// <param name="content">The files.</param>
    /// <returns>Whether the version is new. If not, it was there already with the same result, and it was not changed.</returns>
    /// <exception cref="ArgumentException">The manifest's name or version is not of the right form.</exception>
    /// <exception cref="ModelVersionConflictException">The version is there already with another result.</exception>
    /// <exception cref="InvalidDataException">The version is there already, but damaged.</exception>
    /// <exception cref="IOException">The disk is full, may not be written, or failed. The message says what was done.</exception>
    public PublicationResult Publish(ModelContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        StoreNames.CheckVersion(content.Manifest.Version);
        return new Publication(_files, FolderOf(content.Manifest.Name), content, () => PublishedLatest(content.Manifest.Name) is not null).Run();
    }

    /// <summary>The name and version that a model directory should have by where it lies; null if it does not lie in a store.</summary>
    internal static (string Name, string Version)? PlaceOf(string folder)
    {
        string path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        string modelFolder = Path.GetDirectoryName(path) ?? path;
        return File.Exists(Path.Combine(modelFolder, LatestFileName)) ? (Path.GetFileName(modelFolder), Path.GetFileName(path)) : null;
    }

    /// <summary>The version published last, as far as the record of it can be read and names one that is there.</summary>
    private string? PublishedLatest(string name)
    {
        try
        {
            return LatestVersion(name) is { } latest && Versions(name).Contains(latest) ? latest : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static ModelDirectory OpenToCompare(string folder)
    {
        try
        {
            return ModelDirectory.Open(folder);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException(
                $"The version to compare with, {folder}, cannot be read. {exception.Message} If it is damaged, take it from a copy, or delete it if no one needs it.",
                exception);
        }
    }

    private string FolderOf(string name)
    {
        StoreNames.CheckName(name);
        return Path.Combine(Root, name);
    }

    private static IEnumerable<string> FoldersIn(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path)) : [];
}
