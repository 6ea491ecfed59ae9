using Microsoft.ML;
using NeuralDigits.ML;

namespace NeuralDigits.Cli;

/// <summary>A form that a model can be written in: its name on the command line, which is also how its file ends, and how it is made.</summary>
/// <param name="Name">The name.</param>
/// <param name="PublishedName">The name of its file in a model directory.</param>
/// <param name="Write">Makes the content of the file.</param>
internal sealed record ExportForm(string Name, string PublishedName, Func<Model, byte[]> Write)
{
    public static readonly ExportForm Safetensors = new("safetensors", ModelContent.ModelFileName, ModelFile.Write);

    public static readonly ExportForm Onnx = new("onnx", ModelContent.OnnxFileName, OnnxFile.Write);

    public static readonly ExportForm Zip = new(
        "zip", ModelContent.MlNetFileName, model => MlNetFile.Write(new MLContext(), new SigmoidMlpTransformer(model), inputSchema: null));

    public static readonly IReadOnlyList<ExportForm> All = [Onnx, Safetensors, Zip];

    /// <summary>How the form's file ends, with the dot.</summary>
    public string Extension => Path.GetExtension(PublishedName);
}
