using System.Runtime.CompilerServices;

namespace NeuralDigits;

/// <summary>
/// Training images, made anew for each epoch. There is room for one epoch's: an image that an epoch has used gives its place to that of the
/// next one, which other threads make meanwhile.
/// </summary>
internal sealed class AugmentedExamples : ExampleSet, IDisposable
{
    private readonly ExampleSet _original;
    private readonly ReadOnlyMemory<byte> _images;
    private readonly byte[] _pixels;
    private readonly int _seed;
    private readonly int _epochs;
    private readonly SpareTime<ImageAugmenter> _work;
    private int _begun;

    private AugmentedExamples(ExampleSet original, LabelledImages images, TrainingOptions options)
        : base(original.Count, original.FeatureCount, original.ClassCount)
    {
        _original = original;
        _images = images.Pixels;
        (_seed, _epochs) = (options.Seed, options.Epochs);

        // As they are at first: how many pixels are paper decides how they are taken.
        _pixels = images.Pixels.ToArray();
        Inputs = new PixelRows(_pixels, FeatureCount);
        _work = new SpareTime<ImageAugmenter>(options.Threads, () => ImageAugmenter.Create(options.Augmentation, images.Rows, images.Columns));
    }

    internal override InputRows Inputs { get; }

    /// <summary>Examples that are made of others.</summary>
    /// <exception cref="ArgumentException">The others are no images, or too large.</exception>
    public static AugmentedExamples Of(ExampleSet original, TrainingOptions options)
    {
        LabelledImages images = PixelImages.Of(original, $"{nameof(options.Augmentation)} is {options.Augmentation}");
        if (Math.Max(images.Rows, images.Columns) > ImageAugmenter.LongestSide)
        {
            throw new ArgumentException(
                $"{nameof(options.Augmentation)} is {options.Augmentation}, and the images are of {images.Rows} x {images.Columns} pixels; expected at most " +
                $"{ImageAugmenter.LongestSide} x {ImageAugmenter.LongestSide}.", nameof(options));
        }

        return new AugmentedExamples(original, images, options);
    }

    [MethodImpl(HotPath.Code)]
    public override int Label(int row) => _original.Label(row);

    [MethodImpl(HotPath.Code)]
    public override float Weight(int row) => _original.Weight(row);

    /// <summary>Makes what is left to make of an epoch's images.</summary>
    /// <param name="epoch">The epoch: one after the other from 0.</param>
    /// <param name="cancellation">Stops it.</param>
    public void Complete(int epoch, CancellationToken cancellation)
    {
        if (epoch == _begun)
            Begin(Enumerable.Range(0, Count).ToArray(), epoch);
        _work.Complete(cancellation);
    }

    /// <summary>What is to be told of images that an epoch has used; null for the last.</summary>
    public Action<ReadOnlyMemory<int>>? Used(int epoch) => epoch + 1 < _epochs ? rows => Begin(rows, epoch + 1) : null;

    public void Dispose() => _work.Dispose();

    private void Begin(ReadOnlyMemory<int> rows, int epoch)
    {
        const int piece = 64;
        _begun = epoch + 1;
        for (int start = 0; start < rows.Length; start += piece)
        {
            ReadOnlyMemory<int> some = rows.Slice(start, Math.Min(piece, rows.Length - start));
            _work.Add(augmenter => Make(some.Span, epoch, augmenter));
        }
    }

    private void Make(ReadOnlySpan<int> rows, int epoch, ImageAugmenter augmenter)
    {
        foreach (int row in rows)
        {
            ReadOnlySpan<byte> image = _images.Span.Slice(row * FeatureCount, FeatureCount);
            augmenter.Augment(image, ImageAugmenter.RandomFor(_seed, epoch, row), _pixels.AsSpan(row * FeatureCount, FeatureCount));
        }
    }
}
