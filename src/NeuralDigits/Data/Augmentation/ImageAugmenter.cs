namespace NeuralDigits;

/// <summary>Changes images of one size in one way. Has room of its own to work in: each thread needs one.</summary>
internal abstract class ImageAugmenter
{
    /// <summary>The longest side of an image: coordinates stay far within 32 bits.</summary>
    public const int LongestSide = 4096;

    /// <summary>What changes images.</summary>
    /// <param name="kind">How; not <see cref="Augmentation.None"/>.</param>
    /// <param name="rows">Pixel rows, 1 to <see cref="LongestSide"/>.</param>
    /// <param name="columns">Pixel columns, 1 to <see cref="LongestSide"/>.</param>
    public static ImageAugmenter Create(Augmentation kind, int rows, int columns) => kind switch
    {
        Augmentation.Shift => new ShiftAugmenter(rows, columns),
        Augmentation.Affine => new AffineAugmenter(rows, columns, AffineRanges.Default),
        Augmentation.Elastic => new ElasticAugmenter(rows, columns, ElasticAugmenter.DefaultReach),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such augmentation."),
    };

    /// <summary>What decides what becomes of an example in an epoch: whoever makes it, and whenever.</summary>
    public static RandomGenerator RandomFor(int seed, int epoch, int example)
    {
        ulong key = RandomGenerator.Mix(((ulong)(uint)seed << 32) | (uint)epoch);
        return new RandomGenerator(RandomGenerator.Mix(key ^ (uint)example), (ulong)RandomPurpose.Augmentation);
    }

    /// <summary>Makes another image of one.</summary>
    /// <param name="image">[rows, columns], row-major; 0 is paper.</param>
    /// <param name="random">All that makes it another.</param>
    /// <param name="target">The other, of the same size, and elsewhere.</param>
    public abstract void Augment(ReadOnlySpan<byte> image, RandomGenerator random, Span<byte> target);
}
