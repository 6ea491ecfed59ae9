namespace NeuralDigits;

/// <summary>
/// Digits that no one wrote: drawn from descriptions of how people write them, in the form of MNIST's. They are there wherever this library
/// is, without a file or a network.
/// </summary>
/// <remarks>
/// <para>
/// Each image takes one of several ways to write its digit, misses the points on that way a little, distorts the whole elastically, makes it
/// broad or narrow, slants and turns it, and draws it with a pen of some width, blur and strength. As in MNIST, the longer side of the ink is
/// 20 pixels and its centre of mass is pixel 14 of 28 x 28.
/// </para>
/// <para>
/// Images are numbered. What is on the image of a number follows from the seed alone, on every machine and for any number of threads: nothing
/// but exact operations is used. <see cref="Version"/> changes whenever the images of a seed do.
/// </para>
/// </remarks>
public static class SyntheticDigits
{
    /// <summary>The data set's name, and that of models trained on it.</summary>
    public const string Name = "digits-synthetic";

    /// <summary>Which images a seed gives: another version gives others.</summary>
    public const int Version = 1;

    /// <summary>The share of its own test images that networks trained with the default options read rightly at least, whatever their seed.</summary>
    public const double UsualAccuracy = 0.9;

    /// <summary>The number of images to learn from and to validate with: as many as MNIST has.</summary>
    public const int TrainingCount = 60_000;

    /// <summary>The number of test images: as many as MNIST has.</summary>
    public const int TestCount = 10_000;

    private const int ValidationCount = 10_000;
    private const int PixelsPerImage = DigitImage.Side * DigitImage.Side;

    /// <summary>Draws a data set as large as MNIST: 50,000 training, 10,000 validation and 10,000 test images.</summary>
    /// <remarks>
    /// Its checksums are those of the four IDX files that the images would be written to; validation images follow the training images in
    /// one file.
    /// </remarks>
    /// <param name="seed">Any number.</param>
    /// <param name="threads">How many threads may draw, at least 1; the images are the same for any number.</param>
    /// <param name="cancellation">Stops the drawing.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is to be no thread.</exception>
    /// <exception cref="OperationCanceledException">The drawing was stopped.</exception>
    public static DataSet CreateDataSet(int seed, int threads, CancellationToken cancellation = default)
    {
        LabelledImages training = Draw(seed, 0, TrainingCount, threads, cancellation).WithChecksums();
        LabelledImages test = Draw(seed, TrainingCount, TestCount, threads, cancellation).WithChecksums();
        return new DataSet(Name, training, test, DataSplit.Last(ValidationCount))
        {
            Generator = new DataGenerator { Name = Name, Version = Version, Seed = seed },
        };
    }

    /// <summary>Draws consecutive images; image n shows the last decimal digit of n.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="start">The number of the first image, at least 0.</param>
    /// <param name="count">How many images, at least 1.</param>
    /// <param name="threads">How many threads may draw, at least 1; the images are the same for any number.</param>
    /// <param name="cancellation">Stops the drawing.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range, or the images are too many for an array.</exception>
    /// <exception cref="OperationCanceledException">The drawing was stopped.</exception>
    public static LabelledImages Draw(int seed, int start, int count, int threads, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Math.Min(Array.MaxLength / PixelsPerImage, int.MaxValue - start));
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        var pixels = new byte[count * PixelsPerImage];
        var labels = new byte[count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        Parallel.For(0, count, options, () => new Hand(), DrawOne, _ => { });
        return new LabelledImages(pixels, labels, DigitImage.Side, DigitImage.Side, WaysOfWriting.DigitCount);

        Hand DrawOne(int i, ParallelLoopState state, Hand hand)
        {
            int digit = (start + i) % WaysOfWriting.DigitCount;
            labels[i] = (byte)digit;
            hand.Write(digit, RandomGeneratorOf(seed, start + i)).CopyTo(pixels.AsMemory(i * PixelsPerImage));
            return hand;
        }
    }

    private static RandomGenerator RandomGeneratorOf(int seed, int number) =>
        new(RandomGenerator.Mix(((ulong)(uint)seed << 32) | (uint)number), (ulong)RandomPurpose.Drawing);
}
