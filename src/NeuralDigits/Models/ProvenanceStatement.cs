using System.Text.Json;
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
    private const string Sha256 = "sha256";

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

    /// <summary>Reads a statement; the exact form is not checked.</summary>
    /// <exception cref="JsonException">It is not JSON of this form.</exception>
    public static ProvenanceStatement Read(byte[] json) =>
        JsonSerializer.Deserialize(json, ProvenanceJson.Default.ProvenanceStatement) ?? throw new JsonException("It is null.");

    /// <summary>The first file of which this says something else than is there; null if there is none.</summary>
    /// <param name="files">The contents of all files that it is to be about, by name.</param>
    public string? FindFault(IReadOnlyDictionary<string, byte[]> files)
    {
        if (StatementType != InTotoStatement || PredicateType != SlsaProvenance)
            return $"it is of the type {Excerpt.Of(StatementType)} about {Excerpt.Of(PredicateType)}; expected {InTotoStatement} about {SlsaProvenance}";
        var hashes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (ResourceDescriptor subject in Subjects)
        {
            if (subject?.Name is not { } name || subject.Digest?.GetValueOrDefault(Sha256) is not { } hash || !hashes.TryAdd(name, hash))
                return "a subject has no name or no SHA-256, or is named twice";
        }

        string? missing = files.Keys.Except(hashes.Keys).Order(StringComparer.Ordinal).FirstOrDefault();
        string? unknown = hashes.Keys.Except(files.Keys).Order(StringComparer.Ordinal).FirstOrDefault();
        string? different = hashes.Keys.Where(files.ContainsKey).FirstOrDefault(name => hashes[name] != Sha256Sums.HashOf(files[name]));
        return missing is not null ? $"{missing} is not among its subjects"
            : unknown is not null ? $"its subject {Excerpt.Of(unknown)} is not in the directory"
            : different is not null ? $"it is about another {different} than there is"
            : null;
    }

    private static IEnumerable<ResourceDescriptor> Source(ManifestProvenance origin)
    {
        if (origin.GitCommit is { } commit)
        {
            yield return new ResourceDescriptor
            {
                Name = "source",
                Digest = Digest("gitCommit", commit),
                Annotations = origin.GitDirty is { } dirty ? new Dictionary<string, bool> { ["dirty"] = dirty } : null,
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
        new() { Uri = PackageUrl.Of(package), Digest = package.Sha512 is { } hash ? Digest("sha512", hash) : null };

    private static Dictionary<string, string> Digest(string algorithm, string hash) => new() { [algorithm] = hash };
}

/// <summary>A file, a package or a commit, told by at least one of its URI and its hash.</summary>
internal sealed record ResourceDescriptor
{
    public string? Name { get; init; }

    public string? Uri { get; init; }

    public IReadOnlyDictionary<string, string>? Digest { get; init; }

    public IReadOnlyDictionary<string, bool>? Annotations { get; init; }
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
internal sealed partial class ProvenanceJson : JsonSerializerContext;
