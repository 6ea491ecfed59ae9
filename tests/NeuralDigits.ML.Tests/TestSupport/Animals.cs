using Microsoft.ML;
using Microsoft.ML.Data;

namespace NeuralDigits.ML.Tests;

/// <summary>Rows in three classes that a small network tells apart.</summary>
internal sealed class Animal
{
    [VectorType(4)]
    public float[] Features { get; init; } = [];

    public string Kind { get; init; } = "";
}

internal sealed class AnimalPrediction
{
    public string PredictedLabel { get; set; } = "";

    public float[] Score { get; set; } = [];
}

internal static class Animals
{
    public static readonly string[] Kinds = ["cat", "dog", "owl"];

    /// <summary>Feature k is large in class k; the last one tells nothing.</summary>
    public static List<Animal> Rows(int count = 150, ulong seed = 1)
    {
        var random = new RandomGenerator(seed, 0);
        var rows = new List<Animal>();
        for (int row = 0; row < count; row++)
        {
            int kind = row % Kinds.Length;
            var features = new float[4];
            for (int feature = 0; feature < features.Length; feature++)
                features[feature] = (float)((random.NextDouble() * 0.4) + (feature == kind ? 0.6 : 0));
            rows.Add(new Animal { Features = features, Kind = Kinds[kind] });
        }

        return rows;
    }

    /// <summary>The same rows with zeros, which a sparse vector can leave out.</summary>
    public static IEnumerable<Animal> RowsWithZeros() =>
        Rows().Select(animal => new Animal { Features = [.. animal.Features[..3], 0], Kind = animal.Kind });

    /// <summary>Features without their zeros. A vector that leaves nothing out is dense to ML.NET, so there must be one.</summary>
    public static VBuffer<float> Sparse(float[] features)
    {
        int[] indices = [.. Enumerable.Range(0, features.Length).Where(i => features[i] != 0)];
        var sparse = new VBuffer<float>(features.Length, indices.Length, [.. indices.Select(i => features[i])], indices);
        Assert.False(sparse.IsDense);
        return sparse;
    }

    /// <summary>Rows with a column Label, the key of Kind.</summary>
    public static IDataView WithLabel(MLContext mlContext, IDataView rows) =>
        mlContext.Transforms.Conversion.MapValueToKey("Label", "Kind").Fit(rows).Transform(rows);

    public static IDataView Labelled(MLContext mlContext, int count = 150, ulong seed = 1) =>
        WithLabel(mlContext, mlContext.Data.LoadFromEnumerable(Rows(count, seed)));

    public static SigmoidMlpTrainer.Options Options(int epochs = 10) =>
        new() { HiddenLayers = [6], Epochs = epochs, LearningRate = 3, Seed = 5, Threads = 1 };

    public static SigmoidMlpTrainer Trainer(MLContext mlContext, int epochs = 10) =>
        mlContext.MulticlassClassification.Trainers.SigmoidMlp(Options(epochs));

    /// <summary>Text in, text out.</summary>
    public static IEstimator<ITransformer> Pipeline(MLContext mlContext, int epochs = 10) =>
        mlContext.Transforms.Conversion.MapValueToKey("Label", "Kind")
            .Append(Trainer(mlContext, epochs))
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
}
