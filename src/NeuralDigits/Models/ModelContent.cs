using System.Text;

namespace NeuralDigits;

/// <summary>The files of a model directory, in memory: complete and consistent before the first is written.</summary>
public sealed class ModelContent
{
    /// <summary>The file of the canonical form: see <see cref="ModelFile"/>.</summary>
    public const string ModelFileName = "model.safetensors";

    /// <summary>The file of the form of <see cref="OnnxFile"/>.</summary>
    public const string OnnxFileName = "model.onnx";

    /// <summary>The file of the form that ML.NET loads.</summary>
    public const string MlNetFileName = "model.zip";

    /// <summary>The file of the manifest: see <see cref="ModelManifest"/>.</summary>
    public const string ManifestFileName = "manifest.json";

    internal const string MetricsFileName = "metrics.json";
    internal const string HistoryFileName = "history.jsonl";
    internal const string CardFileName = "MODEL_CARD.md";
    internal const string BillOfMaterialsFileName = "sbom.cdx.json";
    internal const string ProvenanceFileName = "provenance.intoto.json";

    /// <summary>What a training results in. The other files say how and where, or hold the same in another form.</summary>
    internal static readonly IReadOnlyList<string> ResultFileNames = [ModelFileName, MetricsFileName, HistoryFileName];

    /// <summary>What every model directory has, but for the list of checksums.</summary>
    internal static readonly IReadOnlyList<string> RequiredFileNames =
        [ManifestFileName, ModelFileName, MetricsFileName, HistoryFileName, CardFileName, BillOfMaterialsFileName, ProvenanceFileName];

    private readonly Dictionary<string, byte[]> _files;

    private ModelContent(ModelManifest manifest, Dictionary<string, byte[]> files)
    {
        Manifest = manifest;
        _files = files;
    }

    /// <summary>The manifest, with the list of the other files.</summary>
    public ModelManifest Manifest { get; }

    /// <summary>The files' contents by name; <c>SHA256SUMS</c> is not among them.</summary>
    internal IReadOnlyDictionary<string, byte[]> Files => _files;

    /// <summary>Puts the files together.</summary>
    /// <param name="description">The manifest; its list of files is made anew.</param>
    /// <param name="model">The model.</param>
    /// <param name="evaluation">Its evaluation on the test set.</param>
    /// <param name="history">The reports of its training.</param>
    /// <param name="otherForms">The model in other forms: contents by file name.</param>
    public static ModelContent Create(
        ModelManifest description,
        Model model,
        EvaluationResult evaluation,
        IReadOnlyList<EpochReport> history,
        IReadOnlyDictionary<string, byte[]> otherForms)
    {
        ArgumentNullException.ThrowIfNull(description);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(evaluation);
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(otherForms);
        ModelMetrics metrics = ModelMetrics.From(evaluation, model.Labels);
        return Describe(description, metrics, new Dictionary<string, byte[]>(otherForms, StringComparer.Ordinal)
        {
            [ModelFileName] = ModelFile.Write(model),
            [MetricsFileName] = WriteMetrics(metrics),
            [HistoryFileName] = HistoryLine.Write(history.Select(HistoryLine.From)),
        });
    }

    /// <summary>The same model under another name and version.</summary>
    /// <param name="name">The name.</param>
    /// <param name="version">The version.</param>
    /// <param name="toolVersion">The version of the tool that publishes it, as <see cref="ManifestProvenance.Tool"/> names it.</param>
    /// <exception cref="InvalidDataException">The model's <c>metrics.json</c> is missing or malformed.</exception>
    public ModelContent As(string name, string version, string toolVersion)
    {
        ModelManifest description = Manifest with
        {
            SchemaVersion = ModelManifest.CurrentSchemaVersion,
            Name = name,
            Version = version,
            WrittenBy = toolVersion == Manifest.Provenance.Tool ? null : toolVersion,
        };
        return Describe(description, ModelMetrics.Read(_files), new Dictionary<string, byte[]>(_files, StringComparer.Ordinal));
    }

    /// <summary>The content of one of the files.</summary>
    /// <param name="name">The file's name, such as <c>model.onnx</c>.</param>
    /// <param name="content">Its content, if there is such a file.</param>
    /// <returns>Whether there is.</returns>
    public bool TryGetFile(string name, out ReadOnlyMemory<byte> content)
    {
        bool found = _files.TryGetValue(name, out byte[]? bytes);
        content = bytes;
        return found;
    }

    internal static ModelContent FromFiles(ModelManifest manifest, IReadOnlyDictionary<string, byte[]> files) => new(manifest, files.ToDictionary());

    internal static byte[] WriteManifest(ModelManifest manifest) => ModelJson.Lines(manifest, IndentedModelJson.Default.ModelManifest);

    internal static byte[] WriteMetrics(ModelMetrics metrics) => ModelJson.Lines(metrics, IndentedModelJson.Default.ModelMetrics);

    internal static byte[] WriteCard(ModelManifest manifest, ModelMetrics metrics) => Encoding.UTF8.GetBytes(ModelCard.Write(manifest, metrics));

    internal static byte[] WriteBillOfMaterials(ModelManifest manifest) =>
        ModelJson.Lines(BillOfMaterials.Of(manifest), BillOfMaterialsJson.Default.BillOfMaterials);

    internal static byte[] WriteProvenance(ModelManifest manifest, IReadOnlyDictionary<string, byte[]> files) =>
        ModelJson.Lines(ProvenanceStatement.Of(manifest, files), ProvenanceJson.Default.ProvenanceStatement);

    // Each file speaks of those before it: the manifest lists all that the model consists of, and the provenance the manifest as well.
    private static ModelContent Describe(ModelManifest description, ModelMetrics metrics, Dictionary<string, byte[]> files)
    {
        files.Remove(ManifestFileName);
        files.Remove(ProvenanceFileName);
        files[CardFileName] = WriteCard(description, metrics);
        files[BillOfMaterialsFileName] = WriteBillOfMaterials(description);
        ModelManifest manifest = description with
        {
            Files = [.. files.OrderBy(file => file.Key, StringComparer.Ordinal)
                .Select(file => new ManifestFile { Name = file.Key, Bytes = file.Value.Length, Sha256 = Sha256Sums.HashOf(file.Value) })],
        };
        files[ManifestFileName] = WriteManifest(manifest);
        files[ProvenanceFileName] = WriteProvenance(manifest, files);
        return new ModelContent(manifest, files);
    }
}
