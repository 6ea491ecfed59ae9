using System.Text;
using System.Text.Json;

namespace NeuralDigits;

/// <summary>The files of a model directory, in memory: complete and consistent before the first is written.</summary>
public sealed class ModelContent
{
    internal const string ModelFileName = "model.safetensors";
    internal const string ManifestFileName = "manifest.json";
    internal const string MetricsFileName = "metrics.json";
    internal const string HistoryFileName = "history.jsonl";

    /// <summary>What a training results in. The other files say how and where, or hold the same in another form.</summary>
    internal static readonly IReadOnlyList<string> ResultFileNames = [ModelFileName, MetricsFileName, HistoryFileName];

    private readonly Dictionary<string, byte[]> _files;

    private ModelContent(ModelManifest manifest, Dictionary<string, byte[]> files)
    {
        Manifest = manifest with
        {
            Files = [.. files.OrderBy(file => file.Key, StringComparer.Ordinal)
                .Select(file => new ManifestFile(file.Key, file.Value.Length, Sha256Sums.HashOf(file.Value)))],
        };
        _files = new Dictionary<string, byte[]>(files, StringComparer.Ordinal)
        {
            [ManifestFileName] = WithNewLine(JsonSerializer.SerializeToUtf8Bytes(Manifest, IndentedModelJson.Default.ModelManifest)),
        };
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
        var files = new Dictionary<string, byte[]>(otherForms, StringComparer.Ordinal)
        {
            [ModelFileName] = ModelFile.Write(model),
            [MetricsFileName] = WithNewLine(JsonSerializer.SerializeToUtf8Bytes(
                ModelMetrics.From(evaluation, model.Labels), IndentedModelJson.Default.ModelMetrics)),
            [HistoryFileName] = Encoding.UTF8.GetBytes(string.Concat(
                history.Select(report => JsonSerializer.Serialize(HistoryLine.From(report), ModelJson.Default.HistoryLine) + "\n"))),
        };
        return new ModelContent(description, files);
    }

    /// <summary>The same model under another name and version.</summary>
    /// <param name="name">The name.</param>
    /// <param name="version">The version.</param>
    public ModelContent As(string name, string version) => new(
        Manifest with { Name = name, Version = version },
        _files.Where(file => file.Key != ManifestFileName).ToDictionary());

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

    internal static ModelContent FromFiles(ModelManifest manifest, IReadOnlyDictionary<string, byte[]> files) =>
        new(manifest, files.Where(file => file.Key != ManifestFileName).ToDictionary());

    private static byte[] WithNewLine(byte[] json) => [.. json, (byte)'\n'];
}
