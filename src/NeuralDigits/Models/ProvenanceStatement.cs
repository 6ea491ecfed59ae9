using System.Text.Json.Serialization;

namespace NeuralDigits;

/// <summary>
/// Where the files of a model directory come from, <c>provenance.intoto.json</c>: an in-toto statement with the SLSA provenance predicate.
/// </summary>
/// <remarks>
/// https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md and https://slsa.dev/spec/v1.0/provenance. It names no time and no
/// invocation: the same training on the same machine gives the same bytes. It is not signed; that is the publisher's business.
/// </remarks>
internal sealed record ProvenanceStatement(
    [property: JsonPropertyName("_type")] string StatementType,
    [property: JsonPropertyName("subject")] IReadOnlyList<ResourceDescriptor> Subjects,
    string PredicateType,
    ProvenancePredicate Predicate)
{
    public const string InTotoStatement = "https://in-toto.io/Statement/v1";
    public const string SlsaProvenance = "https://slsa.dev/provenance/v1";
    private const string BuildType = "urn:neuraldigits:build:train:1";
    public const string Sha256 = "sha256";

    /// <summary>The statement about files.</summary>
    /// <param name="manifest">What they are.</param>
    /// <param name="files">Their contents by name.</param>
    public static ProvenanceStatement Of(ModelManifest manifest, IReadOnlyDictionary<string, byte[]> files)
    {
        ManifestProvenance origin = manifest.Provenance;
        return new ProvenanceStatement(
            InTotoStatement,
            [.. files.OrderBy(file => file.Key, StringComparer.Ordinal)
                .Select(file => new ResourceDescriptor { Name = file.Key, Digest = Digest(Sha256, Sha256Sums.HashOf(file.Value)) })],
            SlsaProvenance,
            new ProvenancePredicate(
                new BuildDefinition(
                    BuildType,
                    new ExternalParameters(manifest.Name, manifest.Version, manifest.Sizes, manifest.Training, manifest.Data),
                    new InternalParameters(origin.Tool, origin.Sdk, origin.Runtime, origin.Machine),
                    [.. Source(origin), .. DataFiles(manifest.Data), .. origin.Packages.Select(OfPackage)]),
                new RunDetails(new BuilderIdentity(origin.Builder))));
    }

    private static IEnumerable<ResourceDescriptor> Source(ManifestProvenance origin)
    {
        if (origin.GitCommit is { } commit)
        {
            yield return new ResourceDescriptor
            {
                Name = "source",
                Digest = Digest("gitCommit", commit),
                Annotations = origin.GitDirty is { } dirty ? new ResourceAnnotations { Dirty = dirty } : null,
            };
        }
    }

    // The validation images are a part of the training files.
    private static IEnumerable<ResourceDescriptor> DataFiles(ManifestData data) =>
        from file in new (string Name, string? Hash)[]
        {
            ("training images", data.Training.ImagesSha256),
            ("training labels", data.Training.LabelsSha256),
            ("test images", data.Test.ImagesSha256),
            ("test labels", data.Test.LabelsSha256),
        }
        where file.Hash is not null
        select new ResourceDescriptor { Name = $"{data.Name}: {file.Name}, uncompressed", Digest = Digest(Sha256, file.Hash) };

    private static ResourceDescriptor OfPackage(ManifestPackage package) =>
        new() { Uri = PackageUrl.Of(package), Annotations = package.ContentHash is { } hash ? new ResourceAnnotations { NugetContentHash = hash } : null };

    private static Dictionary<string, string> Digest(string algorithm, string hash) => new() { [algorithm] = hash };
}

/// <summary>A file, a package or a commit, told by at least one of its URI and its hash.</summary>
internal sealed record ResourceDescriptor
{
    public string? Name { get; init; }

    public string? Uri { get; init; }

    public IReadOnlyDictionary<string, string>? Digest { get; init; }

    public ResourceAnnotations? Annotations { get; init; }
}

/// <summary>What is known of a resource beside its digests.</summary>
internal sealed record ResourceAnnotations
{
    /// <summary>Whether the sources differed from the commit.</summary>
    public bool? Dirty { get; init; }

    /// <summary>See <see cref="ManifestPackage.ContentHash"/>: no digest, as it is not that of the file.</summary>
    public string? NugetContentHash { get; init; }
}

/// <summary>The SLSA predicate: what was asked for, and who did it.</summary>
internal sealed record ProvenancePredicate(BuildDefinition BuildDefinition, RunDetails RunDetails);

/// <summary>All that went into the training.</summary>
internal sealed record BuildDefinition(
    string BuildType, ExternalParameters ExternalParameters, InternalParameters InternalParameters, IReadOnlyList<ResourceDescriptor> ResolvedDependencies);

/// <summary>What whoever trained the model chose.</summary>
internal sealed record ExternalParameters(string Name, string Version, IReadOnlyList<int> Sizes, ManifestTraining Training, ManifestData Data);

/// <summary>What he found there.</summary>
internal sealed record InternalParameters(string Tool, string? Sdk, string Runtime, ManifestMachine Machine);

/// <summary>Who trained the model.</summary>
internal sealed record RunDetails(BuilderIdentity Builder);

/// <summary>The URI of who trained the model.</summary>
internal sealed record BuilderIdentity(string Id);

/// <summary>The JSON of the statement: what is not known is left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    WriteIndented = true,
    NewLine = "\n",
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ProvenanceStatement))]
[JsonSerializable(typeof(ProvenanceSubjects))]
internal sealed partial class ProvenanceJson : JsonSerializerContext;
