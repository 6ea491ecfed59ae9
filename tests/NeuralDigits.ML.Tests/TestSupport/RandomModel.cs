using System.Globalization;

namespace NeuralDigits.ML.Tests;

/// <summary>Models of any shape with weights from -2 to 2, and rows for them.</summary>
internal static class RandomModel
{
    public static Model Create(IReadOnlyList<int> sizes)
    {
        var random = new Random(1);
        return new Model(
            new Network([.. Enumerable.Range(1, sizes.Count - 1).Select(l => new Layer(
                sizes[l - 1], sizes[l], Numbers(random, sizes[l - 1] * sizes[l], -2, 2), Numbers(random, sizes[l], -2, 2)))]),
            Labels(sizes[^1]),
            Model.NoScaling);
    }

    /// <summary>Numbers from 0 to 1.</summary>
    public static float[] Features(int count) => Numbers(new Random(2), count, 0, 1);

    /// <summary>The names of digits.</summary>
    public static string[] Labels(int count) => [.. Enumerable.Range(0, count).Select(label => label.ToString(CultureInfo.InvariantCulture))];

    private static float[] Numbers(Random random, int count, float from, float to) =>
        [.. Enumerable.Range(0, count).Select(_ => from + ((to - from) * random.NextSingle()))];
}
