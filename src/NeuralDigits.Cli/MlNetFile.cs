using Microsoft.ML;
using NeuralDigits.ML;

namespace NeuralDigits.Cli;

/// <summary>A model as <c>model.zip</c>: the form of ML.NET.</summary>
internal static class MlNetFile
{
    public static byte[] Write(MLContext mlContext, SigmoidMlpTransformer transformer, DataViewSchema? inputSchema)
    {
        using var stream = new MemoryStream();
        mlContext.Model.SaveReproducibly(transformer, inputSchema, stream);
        return stream.ToArray();
    }

    /// <summary>Reads the network out of a file that ML.NET saved.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or does not consist of a network of sigmoid neurons alone.</exception>
    public static Model Read(string path) => new MLContext().Model.LoadSigmoidMlp(path).Model.ToModel();
}
