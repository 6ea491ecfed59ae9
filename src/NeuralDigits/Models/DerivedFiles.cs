namespace NeuralDigits;

/// <summary>Those files of a model directory that follow from others: made again, they are the same bytes.</summary>
/// <remarks>Another version of the tool may word them otherwise. Then a difference means nothing, and it is said who wrote the file.</remarks>
internal sealed class DerivedFiles(ModelContent content, string toolVersion)
{
    /// <summary>Their names, in an order in which none follows from one behind it.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        ModelContent.ManifestFileName, ModelContent.MetricsFileName, ModelContent.CardFileName, ModelContent.BillOfMaterialsFileName,
        ModelContent.ProvenanceFileName,
    ];

    /// <summary>Makes a file again and compares.</summary>
    /// <exception cref="InvalidDataException">The file is another, or what it follows from is malformed.</exception>
    public ModelFinding Check(string name)
    {
        byte[] actual = content.Files[name];
        byte[] expected = Make(name);
        if (actual.AsSpan().SequenceEqual(expected))
            return new ModelFinding("as made again from what it follows from");
        int offset = actual.AsSpan().CommonPrefixLength(expected);
        string writer = WriterOf(name);
        return writer == toolVersion
            ? throw new InvalidDataException($"from byte {offset} on it is not what it follows from")
            : new ModelFinding($"version {writer} wrote it, and version {toolVersion} writes it otherwise from byte {offset} on", ModelCheckOutcome.NotChecked);
    }

    // A model that is published again keeps the results of its training as they are.
    private string WriterOf(string name)
    {
        ModelManifest manifest = content.Manifest;
        return name == ModelContent.MetricsFileName ? manifest.Provenance.Tool : manifest.WrittenBy ?? manifest.Provenance.Tool;
    }

    private byte[] Make(string name)
    {
        ModelManifest manifest = content.Manifest;
        return name switch
        {
            ModelContent.ManifestFileName => ModelContent.WriteManifest(manifest),
            ModelContent.MetricsFileName => ModelContent.WriteMetrics(ReadMetrics().MadeAgain()),
            ModelContent.CardFileName => ModelContent.WriteCard(manifest, ReadMetrics()),
            ModelContent.BillOfMaterialsFileName => ModelContent.WriteBillOfMaterials(manifest),
            ModelContent.ProvenanceFileName => ModelContent.WriteProvenance(
                manifest, content.Files.Where(file => file.Key != ModelContent.ProvenanceFileName).ToDictionary()),
            _ => throw new ArgumentException($"{name} follows from no other file.", nameof(name)),
        };
    }

    private ModelMetrics ReadMetrics()
    {
        var metrics = ModelMetrics.Read(content.Files);
        return metrics.FindFault(content.Manifest) is { } fault ? throw new InvalidDataException(fault) : metrics;
    }
}
