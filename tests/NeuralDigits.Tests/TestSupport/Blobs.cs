namespace NeuralDigits.Tests;

/// <summary>A small set of examples that can be learnt: each class is a cloud around its own corner.</summary>
internal static class Blobs
{
    public static ExampleSet Create(int count, int featureCount = 6, int classCount = 3, ulong seed = 1, int labelShift = 0)
    {
        var random = new RandomGenerator(seed, 99);
        var builder = new ExampleSetBuilder(featureCount, classCount);
        var features = new float[featureCount];
        for (int row = 0; row < count; row++)
        {
            int label = row % classCount;
            for (int i = 0; i < featureCount; i++)
                features[i] = (float)((i % classCount == label ? 1 : 0) + (0.3 * random.NextNormal()));
            builder.Add(features, (label + labelShift) % classCount);
        }

        return builder.Build();
    }
}
