using Microsoft.ML;
using Microsoft.ML.Data;
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
    public static Model Read(string path)
    {
        ITransformer transformer = Load(path);
        if (transformer is TransformerChain<ITransformer> chain && chain.Count() == 1)
            transformer = chain.Single();
        return transformer is SigmoidMlpTransformer network
            ? network.Model.ToModel()
            : throw new InvalidDataException(
                $"{path} holds {transformer.GetType().Name}; expected {nameof(SigmoidMlpTransformer)} alone: other steps cannot be exported.");
    }

    private static ITransformer Load(string path)
    {
        try
        {
            return new MLContext().Model.Load(path, out _);
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"{path} is not a model that ML.NET can load: {exception.Message}", exception);
        }
    }
}
