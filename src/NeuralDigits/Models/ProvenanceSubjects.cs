using System.Text.Json;
using System.Text.Json.Serialization;

namespace NeuralDigits;

/// <summary>What a <see cref="ProvenanceStatement"/> is about. What it says of that is not read: parts that are not known are left out of it.</summary>
internal sealed record ProvenanceSubjects(
    [property: JsonPropertyName("_type")] string StatementType,
    [property: JsonPropertyName("subject")] IReadOnlyList<ResourceDescriptor> Subjects,
    string PredicateType)
{
    /// <summary>Reads them from a statement.</summary>
    /// <exception cref="JsonException">It is not JSON of this form.</exception>
    public static ProvenanceSubjects Read(byte[] json) =>
        JsonSerializer.Deserialize(json, ProvenanceJson.Default.ProvenanceSubjects) ?? throw new JsonException("It is null.");

    /// <summary>The first file of which this says something else than is there; null if there is none.</summary>
    /// <param name="files">The contents of all files that it is to be about, by name.</param>
    public string? FindFault(IReadOnlyDictionary<string, byte[]> files)
    {
        if (StatementType != ProvenanceStatement.InTotoStatement || PredicateType != ProvenanceStatement.SlsaProvenance)
        {
            return $"it is of the type {Excerpt.Of(StatementType)} about {Excerpt.Of(PredicateType)}; " +
                $"expected {ProvenanceStatement.InTotoStatement} about {ProvenanceStatement.SlsaProvenance}";
        }

        var hashes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (ResourceDescriptor subject in Subjects)
        {
            if (subject?.Name is not { } name || subject.Digest?.GetValueOrDefault(ProvenanceStatement.Sha256) is not { } hash || !hashes.TryAdd(name, hash))
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
}
