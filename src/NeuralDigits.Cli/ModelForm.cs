using Microsoft.ML;
using NeuralDigits.ML;

namespace NeuralDigits.Cli;

/// <summary>A form that a model can be written in: its name on the command line, which is also how its file ends, and how it is made.</summary>
/// <param name="Name">The name.</param>
/// <param name="Write">Makes the content of the file.</param>
internal sealed record ModelForm(string Name, Func<Model, byte[]> Write)
{
    public static readonly ModelForm Safetensors = new("safetensors", ModelFile.Write);

    public static readonly ModelForm Onnx = new("onnx", OnnxFile.Write);

    public static readonly ModelForm Zip = new("zip", model => MlNetFile.Write(new MLContext(), new SigmoidMlpTransformer(model), inputSchema: null));

    public static readonly IReadOnlyList<ModelForm> All = [Onnx, Safetensors, Zip];

    /// <summary>The name of the form's file in a model directory.</summary>
    public string PublishedName => $"model.{Name}";
}
