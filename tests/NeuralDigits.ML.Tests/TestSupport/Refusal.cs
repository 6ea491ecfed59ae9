using Microsoft.ML;

namespace NeuralDigits.ML.Tests;

internal static class Refusal
{
    /// <summary>Data are refused both by their schema and by fitting.</summary>
    /// <param name="trainer">The trainer.</param>
    /// <param name="data">The data.</param>
    /// <param name="parts">What the message holds; the last of them also where only the schema is known.</param>
    public static void Holds(SigmoidMlpTrainer trainer, IDataView data, params string[] parts)
    {
        string bySchema = Assert.Throws<ArgumentException>(() => trainer.GetOutputSchema(EstimatorCheck.ShapeOf(data.Schema))).Message;
        string byData = Assert.Throws<ArgumentException>(() => trainer.Fit(data)).Message;
        Assert.All(parts, part => Assert.Contains(part, byData, StringComparison.Ordinal));

        // What a schema without data knows of a type is less: the size of a vector is not in it.
        Assert.Contains(parts[^1], bySchema, StringComparison.Ordinal);
    }
}
