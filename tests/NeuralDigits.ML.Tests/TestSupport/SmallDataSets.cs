using Microsoft.ML;
using Microsoft.ML.Data;

namespace NeuralDigits.ML.Tests;

/// <summary>Data of other kinds than images: measurements, words, and a question that no single layer answers.</summary>
internal static class SmallDataSets
{
    /// <summary>Measurements of three species, some of them negative and most of them around 0.5; labels are texts.</summary>
    public static IDataView Flowers(MLContext mlContext)
    {
        string[] species = ["setosa", "versicolor", "virginica"];
        float[][] centres = [[0.2f, 0.6f, 0.1f, -0.1f], [0.5f, 0.3f, 0.55f, 0.5f], [0.8f, 0.4f, 0.9f, 0.9f]];
        var random = new RandomGenerator(3, 0);
        return Keyed(mlContext, Enumerable.Range(0, 120).Select(row => new Row<string>
        {
            Features = [.. centres[row % 3].Select(centre => centre + (float)(random.NextNormal() * 0.08))],
            Value = species[row % 3],
        }));
    }

    /// <summary>Texts of few out of 500 words, as sparse counts; the labels are the numbers of four topics.</summary>
    public static IDataView Topics(MLContext mlContext)
    {
        const int wordCount = 500;
        var random = new RandomGenerator(4, 0);
        return Keyed(mlContext, Enumerable.Range(0, 160).Select(row =>
        {
            int topic = row % 4;
            int[] ofTopic = [.. Enumerable.Range(0, 6).Select(_ => (random.NextInt32(25) * 4) + topic)];
            int[] anywhere = [.. Enumerable.Range(0, 4).Select(_ => 100 + random.NextInt32(wordCount - 100))];
            int[] words = [.. ofTopic.Concat(anywhere).Distinct().Order()];
            float[] counts = [.. words.Select(_ => 1f)];
            return new SparseRow<int> { Features = new VBuffer<float>(wordCount, words.Length, counts, words), Value = 100 + topic };
        }));
    }

    /// <summary>Exclusive or of two features; the labels are true and false.</summary>
    public static IDataView ExclusiveOr(MLContext mlContext) =>
        Keyed(mlContext, Enumerable.Range(0, 80).Select(row =>
        {
            (bool left, bool right) = (row % 2 == 0, row / 2 % 2 == 0);
            return new Row<bool> { Features = [left ? 1 : 0, right ? 1 : 0], Value = left != right };
        }));

    private static IDataView Keyed<TRow>(MLContext mlContext, IEnumerable<TRow> rows)
        where TRow : class
    {
        SchemaDefinition definition = SchemaDefinition.Create(typeof(TRow));
        var first = (IHasWidth)rows.First();
        definition["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, first.Width);
        IDataView data = mlContext.Data.LoadFromEnumerable([.. rows], definition);
        return mlContext.Transforms.Conversion.MapValueToKey("Label", "Value").Fit(data).Transform(data);
    }

    private interface IHasWidth
    {
        int Width { get; }
    }

    private sealed class Row<T> : IHasWidth
        where T : notnull
    {
        public float[] Features { get; init; } = [];

        public required T Value { get; init; }

        int IHasWidth.Width => Features.Length;
    }

    private sealed class SparseRow<T> : IHasWidth
        where T : notnull
    {
        public VBuffer<float> Features { get; init; }

        public required T Value { get; init; }

        int IHasWidth.Width => Features.Length;
    }
}
