namespace NeuralDigits.ML.Tests;

/// <summary>Images of 3 x 2 pixels in ten classes, and the files that hold such images.</summary>
internal static class SmallImages
{
    public static readonly DataSetFormat Format = new() { Rows = 3, Columns = 2 };

    public static LabelledImages Make(int count, ulong seed = 1)
    {
        var random = new RandomGenerator(seed, 0);
        var pixels = new byte[count * 6];
        var labels = new byte[count];
        for (int image = 0; image < count; image++)
        {
            labels[image] = (byte)random.NextInt32(10);
            for (int pixel = 0; pixel < 6; pixel++)
                pixels[(image * 6) + pixel] = pixel == labels[image] % 6 ? (byte)255 : (byte)random.NextInt32(labels[image] + 1);
        }

        return new LabelledImages(pixels, labels, 3, 2);
    }

    /// <summary>Writes the two IDX files of a set.</summary>
    public static void Write(LabelledImages images, string imagesPath, string labelsPath)
    {
        File.WriteAllBytes(imagesPath, IdxBytes.Of([(uint)images.Count, (uint)images.Rows, (uint)images.Columns], images.Pixels.Span));
        File.WriteAllBytes(labelsPath, IdxBytes.Of([(uint)images.Count], images.Labels.Span));
    }
}
