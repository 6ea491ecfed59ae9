namespace NeuralDigits.Tests;

/// <summary>A data set of 28 x 28 pixels that is learnt in seconds: each class is a block of ink in a place of its own, with noise.</summary>
internal static class LearnableDataSet
{
    public const int TrainingCount = 600;
    public const int TestCount = 100;
    private const int Side = 28;
    private const int ClassCount = 10;

    /// <summary>Writes the four files into a folder.</summary>
    /// <returns>The folder's path.</returns>
    public static string Write(TemporaryFolder folder, string name)
    {
        folder.Write(Path.Combine(name, "train-images-idx3-ubyte"), Images(TrainingCount, seed: 1));
        folder.Write(Path.Combine(name, "train-labels-idx1-ubyte"), IdxBytes.Labels(TrainingCount));
        folder.Write(Path.Combine(name, "t10k-images-idx3-ubyte"), Images(TestCount, seed: 2));
        folder.Write(Path.Combine(name, "t10k-labels-idx1-ubyte"), IdxBytes.Labels(TestCount));
        return folder[name];
    }

    private static byte[] Images(int count, int seed)
    {
        var random = new Random(seed);
        var pixels = new byte[count * Side * Side];
        for (int image = 0; image < count; image++)
        {
            Span<byte> ink = pixels.AsSpan(image * Side * Side, Side * Side);
            for (int spot = 0; spot < 20; spot++)
                ink[random.Next(ink.Length)] = (byte)random.Next(256);
            DrawBlock(ink, image % ClassCount, random);
        }

        return IdxBytes.Of([(uint)count, Side, Side], pixels);
    }

    // Five places in each of two rows.
    private static void DrawBlock(Span<byte> ink, int label, Random random)
    {
        for (int i = 0; i < 25; i++)
        {
            int row = (label / 5 * 12) + 4 + (i / 5);
            int column = (label % 5 * 5) + 1 + (i % 5);
            ink[(row * Side) + column] = (byte)random.Next(150, 256);
        }
    }
}
