namespace NeuralDigits;

/// <summary>Examples seen as images.</summary>
internal static class PixelImages
{
    /// <summary>The images of examples. Their labels are of no account.</summary>
    /// <param name="examples">Images, or features that are all pixels of square images.</param>
    /// <param name="why">Why they must be images, for messages.</param>
    /// <exception cref="ArgumentException">They are none.</exception>
    public static LabelledImages Of(ExampleSet examples, string why)
    {
        if (examples is ImageExamples images)
            return images.Images;
        int side = (int)Math.Sqrt(examples.FeatureCount);
        if (side * side != examples.FeatureCount)
        {
            throw new ArgumentException(
                $"{why}, which is for images, but the examples have {examples.FeatureCount} features; expected: the pixels of square images, such as 784, " +
                "or images loaded as such.", nameof(examples));
        }

        return new LabelledImages(Pixels(examples, why), new byte[examples.Count], side, side);
    }

    private static byte[] Pixels(ExampleSet examples, string why)
    {
        int width = examples.FeatureCount;
        if ((long)examples.Count * width > Array.MaxLength)
            throw new ArgumentException($"{why}, and {examples.Count} images of {width} pixels are more than an array can hold.", nameof(examples));
        var features = new float[width];
        var pixels = new byte[examples.Count * width];
        for (int row = 0; row < examples.Count; row++)
        {
            examples.Inputs.CopyTo(row, features);
            int wrong = ToPixels(features, pixels.AsSpan(row * width, width));
            if (wrong >= 0)
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"{why}, which is for images, but feature {wrong} of example {row} is {features[wrong]}; ") +
                    "expected: a pixel, k / 255 with k from 0 to 255.", nameof(examples));
            }
        }

        return pixels;
    }

    // The first feature that is no pixel; -1 if all are.
    private static int ToPixels(ReadOnlySpan<float> features, Span<byte> pixels)
    {
        for (int i = 0; i < features.Length; i++)
        {
            float pixel = MathF.Round(features[i] * byte.MaxValue);
            if (!(pixel is >= 0 and <= byte.MaxValue) || Pixel.ToFeature((byte)pixel) != features[i])
                return i;
            pixels[i] = (byte)pixel;
        }

        return -1;
    }
}
