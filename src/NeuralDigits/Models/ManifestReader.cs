using System.Text.Json;

namespace NeuralDigits;

/// <summary>Reads <c>manifest.json</c> and trusts nothing in it.</summary>
internal static class ManifestReader
{
    private const int Sha1Length = 40;
    private const int Sha256Length = 64;
    private const int Sha512Length = 128;

    /// <summary>Reads a manifest.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="json">Its content.</param>
    /// <exception cref="InvalidDataException">It is not a manifest, says what cannot be, or is of a newer schema.</exception>
    public static ModelManifest Read(string path, byte[] json)
    {
        ModelManifest manifest;
        try
        {
            CheckSchemaVersion(path, json);
            manifest = JsonSerializer.Deserialize(json, IndentedModelJson.Default.ModelManifest)
                ?? throw new InvalidDataException($"{path} is null; expected an object.");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The latter is the way in which a JsonDocument says that a text is not UTF-8, or half of a surrogate pair.
            throw new InvalidDataException($"{path} is not a valid manifest: {exception.Message}", exception);
        }

        if (FindFault(manifest) is { } fault)
            throw new InvalidDataException($"{path} is not a valid manifest: {fault}.");
        return manifest;
    }

    // A newer manifest may have fields that this version does not know: say that it is newer before stumbling over them.
    private static void CheckSchemaVersion(string path, byte[] json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("schemaVersion", out JsonElement element)
            && element.ValueKind == JsonValueKind.Number
            && element.TryGetInt32(out int version)
            && version > ModelManifest.CurrentSchemaVersion)
        {
            throw new InvalidDataException(
                $"{path} is of schema version {version}; this version of NeuralDigits reads up to {ModelManifest.CurrentSchemaVersion}. Use a newer one.");
        }
    }

    private static string? FindFault(ModelManifest manifest) =>
        manifest.SchemaVersion < 1 ? $"the schema version is {manifest.SchemaVersion}; expected a number from 1"
        : !StoreNames.IsName(manifest.Name) ? $"'{Excerpt.Of(manifest.Name)}' is not the name of a model"
        : !StoreNames.IsVersion(manifest.Version) ? $"'{Excerpt.Of(manifest.Version)}' is not a semantic version"
        : HasNull(manifest) ? "null stands in the place of a value"
        : !Enum.IsDefined(manifest.Training.Initialization) ? $"there is no initialization {manifest.Training.Initialization}"
        : !Figures(manifest).All(double.IsFinite) ? "a figure is beyond the range of its type"
        : FindFault(manifest.Data) ?? FindFault(manifest.Gate) ?? FindFault(manifest.Provenance) ?? FindFault(manifest.Files);

    // JSON may hold a null anywhere; the types here keep it out of properties, but not out of lists.
    private static bool HasNull(ModelManifest manifest) =>
        manifest.Labels.Contains(null!)
        || manifest.SelfTest.Contains(null!)
        || manifest.Files.Contains(null!)
        || manifest.Gate.FailedChecks.Contains(null!)
        || manifest.Provenance.Machine.InstructionSets.Contains(null!)
        || manifest.Provenance.Packages.Contains(null!);

    // What is too large for a type is read as infinity.
    private static IEnumerable<double> Figures(ModelManifest manifest) =>
        [manifest.Training.LearningRate, manifest.Metrics.Accuracy, manifest.Metrics.Cost, .. manifest.SelfTest.SelectMany(test => test.Scores)];

    private static string? FindFault(ManifestData data)
    {
        ManifestImages[] sets = [data.Training, data.Validation, data.Test];
        string? hash = sets.SelectMany(set => new[] { set.ImagesSha256, set.LabelsSha256 })
            .FirstOrDefault(hash => hash is not null && !IsHex(hash, Sha256Length));
        return hash is not null ? $"the data's SHA-256 '{Excerpt.Of(hash)}' is not of {Sha256Length} digits in lower case"
            : sets.Any(set => set.Count < 1) ? "a set of images has less than one"
            : null;
    }

    private static string? FindFault(ManifestGate gate) =>
        gate.MinAccuracy is not (null or (>= 0 and <= 1)) || gate.MaxRegression is not (>= 0 and <= 1) ? "a bound of the gate is not from 0 to 1"
        : gate.Baseline is { } baseline && !StoreNames.IsVersion(baseline) ? $"the baseline '{Excerpt.Of(baseline)}' is not a semantic version"
        : gate.Forced != gate.FailedChecks.Count > 0 ? "it is forced without a failed check, or has one without being forced"
        : null;

    private static string? FindFault(ManifestProvenance provenance)
    {
        if (provenance.GitCommit is { } commit && !IsHex(commit, Sha1Length) && !IsHex(commit, Sha256Length))
            return $"'{Excerpt.Of(commit)}' is not a git commit of {Sha1Length} or {Sha256Length} digits in lower case";
        if (!Uri.TryCreate(provenance.Builder, UriKind.Absolute, out _))
            return $"the builder '{Excerpt.Of(provenance.Builder)}' is not a URI";
        if (provenance.Machine.VectorBits is not (0 or 128 or 256 or 512))
            return $"there are no vectors of {provenance.Machine.VectorBits} bits";
        ManifestPackage? package = provenance.Packages.FirstOrDefault(package => package.Sha512 is { } hash && !IsHex(hash, Sha512Length));
        return package is null ? null : $"the SHA-512 of the package '{Excerpt.Of(package.Name)}' is not of {Sha512Length} digits in lower case";
    }

    private static string? FindFault(IReadOnlyList<ManifestFile> files)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (ManifestFile file in files)
        {
            // A name with a folder in it could point anywhere.
            if (file.Name.Length == 0 || file.Name != Path.GetFileName(file.Name) || file.Name is "." or "..")
                return $"'{Excerpt.Of(file.Name)}' is not the name of a file in its folder";
            if (!names.Add(file.Name))
                return $"the file '{Excerpt.Of(file.Name)}' is listed twice";
            if (file.Bytes < 0 || !IsHex(file.Sha256, Sha256Length))
                return $"the file '{Excerpt.Of(file.Name)}' has a size below 0, or a SHA-256 that is not of 64 digits in lower case";
        }

        return null;
    }

    private static bool IsHex(string text, int length) => text.Length == length && text.All(char.IsAsciiHexDigitLower);
}
