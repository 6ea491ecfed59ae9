using Microsoft.ML;
using Microsoft.ML.Data;
using NeuralDigits.ML;

namespace NeuralDigits.Cli;

/// <summary>The model as ML.NET saves it, <c>model.zip</c>, loaded without ML.NET's own reader, which trusts what it finds.</summary>
internal sealed class ZipForm : ScoredForm
{
    public override string FileName => ModelContent.MlNetFileName;

    public override FormScores Score(ReadOnlyMemory<byte> file, LabelledImages images)
    {
        var mlContext = new MLContext(seed: 0);
        using var stream = new MemoryStream(file.ToArray(), writable: false);
        SigmoidMlpTransformer model = mlContext.Model.LoadSigmoidMlp(stream);
        if (model.Model.Network.InputCount != images.PixelsPerImage)
            throw new InvalidDataException($"The model takes {model.Model.Network.InputCount} inputs; the images have {images.PixelsPerImage} pixels.");
        IDataView scored = model.Transform(mlContext.Data.LoadFromImages(images));
        DataViewSchema.Column score = scored.Schema["Score"];
        return new FormScores(model.Model.Labels, [.. scored.GetColumn<float[]>(score).SelectMany(values => values)]);
    }
}
