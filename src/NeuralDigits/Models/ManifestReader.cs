using System.Text.Json;

namespace NeuralDigits;

/// <summary>Reads <c>manifest.json</c> and trusts nothing in it.</summary>
internal static class ManifestReader
{
    /// <summary>Reads a manifest.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="json">Its content.</param>
    /// <exception cref="InvalidDataException">It is not a manifest, says what cannot be, or is of a newer schema. The message names the field.</exception>
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

        if (ManifestRules.FindFault(manifest) is { } fault)
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
}
