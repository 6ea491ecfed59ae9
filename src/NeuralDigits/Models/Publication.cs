using System.Text.Json;

namespace NeuralDigits;

/// <summary>Publishes one version of a model. Wherever it ends, the store is as it was, or as it is to be.</summary>
/// <remarks>
/// The files are written beside their place and flushed, the checksums last; then their folder takes its name. A file is never changed.
/// Only then is <c>latest.json</c> replaced: whoever publishes next does it for one that ended in between.
/// </remarks>
internal sealed class Publication(StoreFiles files, string modelFolder, ModelContent content, Func<bool> hasLatest)
{
    private readonly string _versionFolder = Path.Combine(modelFolder, content.Manifest.Version);

    /// <exception cref="ModelVersionConflictException">The version is there already with another result.</exception>
    /// <exception cref="InvalidDataException">The version is there already, but damaged.</exception>
    /// <exception cref="IOException">The disk is full, may not be written, or failed.</exception>
    public PublicationResult Run()
    {
        try
        {
            if (!Directory.Exists(_versionFolder) && TryAdd())
                return new PublicationResult(IsNew: true, []);
            IReadOnlyList<string> kept = RequireSameResult();
            CompleteLatest();
            return new PublicationResult(IsNew: false, kept);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            string state = Directory.Exists(_versionFolder)
                ? $"{_versionFolder} is published, but {ModelStore.LatestFileName} beside it may not name it"
                : $"{_versionFolder} could not be published, and nothing was changed";
            throw new IOException(
                $"{state}: {exception.Message.TrimEnd('.')}. See that the disk has space and that the folder may be written; then publish again.", exception);
        }
    }

    private bool TryAdd()
    {
        CreateFolder(Path.GetFullPath(modelFolder));
        Staging.Sweep(files, modelFolder);
        using Staging staging = Staging.Take(files, modelFolder);
        WriteVersion(staging.VersionFolder);
        WriteLatest(staging);
        if (!TryMoveVersion(staging.VersionFolder))
            return false;
        files.FlushFolder(modelFolder);

        // Where another publisher was killed before it could say that its version is the latest, it was so before this one.
        Staging.Sweep(files, modelFolder);
        staging.MoveLatest();
        return true;
    }

    private void WriteVersion(string folder)
    {
        files.CreateFolder(folder);
        foreach ((string name, byte[] bytes) in content.Files)
            WriteFile(Path.Combine(folder, name), bytes);
        WriteFile(Path.Combine(folder, Sha256Sums.FileName), Sha256Sums.Write(content.Files));
        files.FlushFolder(folder);
    }

    private void WriteLatest(Staging staging)
    {
        files.CreateFolder(staging.Folder);
        var latest = new LatestVersion(content.Manifest.Version);
        WriteFile(staging.LatestFile, JsonSerializer.SerializeToUtf8Bytes(latest, IndentedModelJson.Default.LatestVersion));
        files.FlushFolder(staging.Folder);
    }

    private bool TryMoveVersion(string folder)
    {
        try
        {
            files.MoveFolder(folder, _versionFolder);
            return true;
        }
        catch (IOException) when (Directory.Exists(_versionFolder))
        {
            // Another publisher was faster: what it wrote is compared like any other existing version.
            return false;
        }
    }

    /// <returns>The files that differ all the same.</returns>
    private string[] RequireSameResult()
    {
        ModelContent existing;
        try
        {
            existing = ModelDirectory.Open(_versionFolder).Content;
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException(
                $"{_versionFolder} is published already, but cannot be read. {exception.Message} If it is damaged and no one needs it, delete it, then publish again.",
                exception);
        }

        string[] different = [.. content.Files.Keys.Union(existing.Files.Keys).Where(name => !IsSame(name, existing)).Order(StringComparer.Ordinal)];
        string[] results = [.. different.Where(name => ModelContent.ResultFileNames.Contains(name) || (name == ModelContent.ManifestFileName && !DescribesTheSame(existing)))];
        return results.Length > 0 ? throw new ModelVersionConflictException(_versionFolder, results) : different;
    }

    private bool IsSame(string name, ModelContent existing) =>
        existing.Files.TryGetValue(name, out byte[]? old) && content.Files.TryGetValue(name, out byte[]? now) && old.AsSpan().SequenceEqual(now);

    // But for who made it, what it had to reach, and the checksums of files that say that, too.
    private bool DescribesTheSame(ModelContent existing)
    {
        (ModelManifest old, ModelManifest now) = (existing.Manifest, content.Manifest);
        return ModelContent.WriteManifest(old).AsSpan()
            .SequenceEqual(ModelContent.WriteManifest(now with
            {
                SchemaVersion = old.SchemaVersion,
                Gate = old.Gate,
                Provenance = old.Provenance,
                WrittenBy = old.WrittenBy,
                Files = old.Files,
            }));
    }

    private void CompleteLatest()
    {
        Staging.Sweep(files, modelFolder);
        if (hasLatest())
            return;
        using Staging staging = Staging.Take(files, modelFolder);
        WriteLatest(staging);
        staging.MoveLatest();
    }

    // Flushed to the disk before it is moved, so that no crash leaves a complete-looking directory of empty files.
    private void WriteFile(string path, byte[] bytes)
    {
        using FileStream file = files.Create(path);
        files.Write(file, bytes);
        files.Flush(file);
    }

    private void CreateFolder(string path)
    {
        if (Directory.Exists(path))
            return;
        string parent = Path.GetDirectoryName(path)!;
        CreateFolder(parent);
        files.CreateFolder(path);
        files.FlushFolder(parent);
    }
}
