using Microsoft.ML;
using Microsoft.ML.Data;

namespace NeuralDigits.Cli;

/// <summary>The model as ML.NET saves it, <c>model.zip</c>, loaded as any program with ML.NET loads it.</summary>
internal sealed class ZipForm : ScoredForm
{
    public override string FileName => "model.zip";

    public override FormScores Score(ReadOnlyMemory<byte> file, LabelledImages images)
    {
        var mlContext = new MLContext(seed: 0);
        try
        {
            using var stream = new MemoryStream(file.ToArray(), writable: false);
            ITransformer model = mlContext.Model.Load(stream, out _);
            IDataView scored = model.Transform(mlContext.Data.LoadFromImages(images));
            DataViewSchema.Column score = scored.Schema["Score"];
            VBuffer<ReadOnlyMemory<char>> labels = default;
            score.GetSlotNames(ref labels);
            return new FormScores(
                [.. labels.DenseValues().Select(label => label.ToString())],
                [.. scored.GetColumn<float[]>(score).SelectMany(values => values)]);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // ML.NET says in many exceptions that a file is no model, or one of another kind.
            throw new InvalidDataException($"ML.NET cannot use it: {exception.Message}", exception);
        }
    }
}
