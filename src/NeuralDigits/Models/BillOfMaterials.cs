using System.Text.Json.Serialization;

namespace NeuralDigits;

/// <summary>What a model was made with, <c>sbom.cdx.json</c>, in the format CycloneDX 1.6.</summary>
/// <remarks>
/// https://cyclonedx.org/docs/1.6/json/. It has neither a serial number nor a time, so that the same tool gives the same bytes. It
/// depends on nothing but the manifest.
/// </remarks>
internal sealed record BillOfMaterials(
    [property: JsonPropertyName("$schema")] string Schema,
    string BomFormat,
    string SpecVersion,
    int Version,
    BomMetadata Metadata,
    IReadOnlyList<BomComponent> Components,
    IReadOnlyList<BomDependency> Dependencies)
{
    public static BillOfMaterials Of(ModelManifest manifest)
    {
        ManifestProvenance origin = manifest.Provenance;
        BomComponent model = Unpackaged("machine-learning-model", manifest.Name, manifest.Version);
        BomComponent tool = Unpackaged("application", "neuraldigits", origin.Tool);
        BomComponent runtime = Unpackaged("framework", ".NET", origin.Runtime.Split(' ')[^1]);
        BomComponent[] packages = [.. origin.Packages.Select(OfPackage)];
        return new BillOfMaterials(
            "http://cyclonedx.org/schema/bom-1.6.schema.json",
            "CycloneDX",
            "1.6",
            Version: 1,
            new BomMetadata(model),
            [tool, runtime, .. packages],
            [
                new BomDependency(model.BomRef, [tool.BomRef]),
                new BomDependency(tool.BomRef, [runtime.BomRef, .. packages.Select(package => package.BomRef)]),
            ]);
    }

    private static BomComponent Unpackaged(string type, string name, string version) =>
        new(type, name, version, $"{type}:{name}@{version}", Purl: null, Properties: null);

    private static BomComponent OfPackage(ManifestPackage package)
    {
        string purl = PackageUrl.Of(package);
        // Not among the hashes of the component, which are those of its file.
        BomProperty[]? properties = package.ContentHash is { } hash ? [new BomProperty("nuget:contentHash", hash)] : null;
        return new BomComponent("library", package.Name, package.Version, purl, purl, properties);
    }
}

/// <summary>What the bill is of.</summary>
internal sealed record BomMetadata(BomComponent Component);

/// <summary>Something the model was made with.</summary>
internal sealed record BomComponent(
    string Type, string Name, string Version, [property: JsonPropertyName("bom-ref")] string BomRef, string? Purl, IReadOnlyList<BomProperty>? Properties);

/// <summary>What else is known of a component.</summary>
internal sealed record BomProperty(string Name, string Value);

/// <summary>What a component needs.</summary>
internal sealed record BomDependency([property: JsonPropertyName("ref")] string Reference, IReadOnlyList<string> DependsOn);

/// <summary>The JSON of a bill of materials: what is not known is left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    NewLine = "\n")]
[JsonSerializable(typeof(BillOfMaterials))]
internal sealed partial class BillOfMaterialsJson : JsonSerializerContext;
