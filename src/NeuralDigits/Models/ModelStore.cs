using System.Text.Json;
using System.Text.RegularExpressions;

namespace NeuralDigits;

/// <summary>
/// The folder of all published models: <c>name/version/</c>, and <c>name/latest.json</c> that names the version published last.
/// </summary>
/// <remarks>A version appears whole or not at all, and never changes afterwards.</remarks>
/// <param name="root">The folder; made when the first model is published.</param>
public sealed partial class ModelStore(string root)
{
    private const string LatestFileName = "latest.json";
    private const string StagingPrefix = ".staging-";

    /// <summary>The folder of all models.</summary>
    public string Root { get; } = root;

    /// <summary>Where a version of a model is, or would be.</summary>
    /// <param name="name">The model's name: lower-case letters, digits, dots, hyphens and underscores, at most 100.</param>
    /// <param name="version">A version as of https://semver.org.</param>
    /// <exception cref="ArgumentException">The name or the version is not of that form.</exception>
    public string FolderOf(string name, string version)
    {
        if (!VersionPattern().IsMatch(version))
            throw new ArgumentException($"The model version is '{version}'; expected a semantic version such as 1.2.0 or 1.2.0-beta.1.", nameof(version));
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
            if (latest is not null && VersionPattern().IsMatch(latest.Version))
                return latest.Version;
        }
        catch (JsonException)
        {
            // Said below.
        }

        throw new InvalidDataException($"{path} is not of the form {{\"version\": \"1.2.0\"}}. Delete it, or publish again.");
    }

    /// <summary>Publishes a model under the name and version of its manifest.</summary>
    /// <param name="content">The files.</param>
    /// <returns>Whether the version is new. If not, it was there already with the same result, and nothing was changed.</returns>
    /// <exception cref="ArgumentException">The manifest's name or version is not of the right form.</exception>
    /// <exception cref="ModelVersionConflictException">The version is there already with another result.</exception>
    public bool Publish(ModelContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        (string name, string version) = (content.Manifest.Name, content.Manifest.Version);
        string folder = FolderOf(name, version);
        bool added = !Directory.Exists(folder) && TryAdd(content, folder);
        if (!added)
            RequireSameResult(content, folder);
        if (added || !File.Exists(Path.Combine(FolderOf(name), LatestFileName)))
            PointLatestTo(name, version);
        return added;
    }

    private static bool TryAdd(ModelContent content, string folder)
    {
        string staging = Path.Combine(Path.GetDirectoryName(folder)!, $"{StagingPrefix}{Guid.NewGuid():N}");
        Directory.CreateDirectory(staging);
        try
        {
            foreach ((string name, byte[] bytes) in content.Files)
                WriteThrough(Path.Combine(staging, name), bytes);
            WriteThrough(Path.Combine(staging, Sha256Sums.FileName), Sha256Sums.Write(content.Files));
            Directory.Move(staging, folder);
            return true;
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            // Another publisher was faster: what it wrote is compared like any other existing version.
            return false;
        }
        finally
        {
            if (Directory.Exists(staging))
                Directory.Delete(staging, recursive: true);
        }
    }

    private static void RequireSameResult(ModelContent content, string folder)
    {
        IReadOnlyDictionary<string, byte[]> existing = ModelDirectory.Open(folder).Content.Files;
        string[] different = [.. ModelContent.ResultFileNames.Where(name =>
            !existing.TryGetValue(name, out byte[]? bytes) || !bytes.AsSpan().SequenceEqual(content.Files[name]))];
        if (different.Length > 0)
            throw new ModelVersionConflictException(folder, different);
    }

    private void PointLatestTo(string name, string version)
    {
        string path = Path.Combine(FolderOf(name), LatestFileName);
        string temporary = Path.Combine(FolderOf(name), $"{StagingPrefix}{Guid.NewGuid():N}");
        try
        {
            WriteThrough(temporary, JsonSerializer.SerializeToUtf8Bytes(new LatestVersion(version), IndentedModelJson.Default.LatestVersion));
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    // Flushed to the disk before the rename, so that no crash leaves a complete-looking directory of empty files.
    private static void WriteThrough(string path, byte[] bytes)
    {
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        stream.Write(bytes);
        stream.Flush(flushToDisk: true);
    }

    private string FolderOf(string name)
    {
        if (!NamePattern().IsMatch(name))
        {
            throw new ArgumentException(
                $"The model name is '{name}'; expected lower-case letters, digits, dots, hyphens and underscores, starting with a letter or digit, at most 100.", nameof(name));
        }

        return Path.Combine(Root, name);
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9._-]{0,99}\\z")]
    private static partial Regex NamePattern();

    // The grammar of https://semver.org/#backusnaur-form-grammar-for-valid-semver-versions.
    [GeneratedRegex("^(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)(-(0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)(\\.(0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*))*)?(\\+[0-9a-zA-Z-]+(\\.[0-9a-zA-Z-]+)*)?\\z")]
    private static partial Regex VersionPattern();
}
