using System.Globalization;

namespace NeuralDigits;

/// <summary>Images of one size, each with the class it shows. At least one image; never changed.</summary>
/// <remarks>The pixels stay the bytes of the file, a quarter of what they would take as numbers to compute with.</remarks>
public sealed class LabelledImages
{
    /// <summary>Wraps images and labels made in memory. Nothing is copied: the caller must not change them afterwards.</summary>
    /// <param name="pixels">[images, rows, columns], row-major; 0 is background, 255 full ink.</param>
    /// <param name="labels">[images], each from 0 to <paramref name="classCount"/> - 1.</param>
    /// <param name="rows">Pixel rows of an image, at least 1.</param>
    /// <param name="columns">Pixel columns of an image, at least 1.</param>
    /// <param name="classCount">Number of classes, 1 to 256.</param>
    /// <param name="classNames">
    /// [classCount], what the classes are called in the order of their labels, all different; <see langword="null"/> for the numbers themselves.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The lengths do not agree, there is no image, a label is out of range, or two classes have the same name.
    /// </exception>
    public LabelledImages(
        ReadOnlyMemory<byte> pixels, ReadOnlyMemory<byte> labels, int rows, int columns, int classCount = 10, IReadOnlyList<string>? classNames = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(classCount, 256);
        if (labels.IsEmpty)
            throw new ArgumentException("There must be at least one image.", nameof(labels));
        if ((Int128)labels.Length * rows * columns != pixels.Length)
        {
            throw new ArgumentException(
                $"{labels.Length} images of {rows} x {columns} pixels are expected, one for each label, " +
                $"but there are {pixels.Length} pixels.",
                nameof(pixels));
        }

        int wrong = labels.Span.IndexOfAnyExceptInRange((byte)0, (byte)(classCount - 1));
        if (wrong >= 0)
            throw new ArgumentException($"Label {wrong} is {labels.Span[wrong]}, but must be from 0 to {classCount - 1}.", nameof(labels));

        (Pixels, Labels, Rows, Columns) = (pixels, labels, rows, columns);
        ClassNames = classNames is null ? Numbers(classCount) : Checked(classNames, classCount);
    }

    internal LabelledImages(IdxArray images, IdxArray labels, DataSetFormat format)
        : this(images.Values, labels.Values, images.Dimensions[1], images.Dimensions[2], format.ClassCount, format.ClassNames)
    {
        (ImagesSha256, LabelsSha256) = (images.Sha256, labels.Sha256);
    }

    private LabelledImages(LabelledImages whole, int start, int count, IReadOnlyList<string> classNames)
    {
        Pixels = whole.Pixels.Slice(start * whole.PixelsPerImage, count * whole.PixelsPerImage);
        Labels = whole.Labels.Slice(start, count);
        (Rows, Columns, ClassNames) = (whole.Rows, whole.Columns, classNames);
        (ImagesSha256, LabelsSha256) = (whole.ImagesSha256, whole.LabelsSha256);
    }

    private LabelledImages(LabelledImages whole, byte[] pixels, byte[] labels)
        : this(pixels, labels, whole.Rows, whole.Columns, whole.ClassCount, whole.ClassNames)
    {
        (ImagesSha256, LabelsSha256) = (whole.ImagesSha256, whole.LabelsSha256);
    }

    /// <summary>Number of images, at least 1.</summary>
    public int Count => Labels.Length;

    /// <summary>Pixel rows of an image.</summary>
    public int Rows { get; }

    /// <summary>Pixel columns of an image.</summary>
    public int Columns { get; }

    /// <summary>Number of pixels of an image, <c>Rows * Columns</c>.</summary>
    public int PixelsPerImage => Rows * Columns;

    /// <summary>Number of classes: labels are 0 to <c>ClassCount - 1</c>.</summary>
    public int ClassCount => ClassNames.Count;

    /// <summary>What the classes are called, in the order of their labels, all different: "0", "1" and so on where they have no other names.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>All pixels, [images, rows, columns], row-major; 0 is background, 255 full ink.</summary>
    public ReadOnlyMemory<byte> Pixels { get; }

    /// <summary>The labels, [images].</summary>
    public ReadOnlyMemory<byte> Labels { get; }

    /// <summary>
    /// SHA-256 of the uncompressed IDX file the images came from, or of the one that would hold them, in lower-case hexadecimal;
    /// <see langword="null"/> if they were made in memory. A part names the whole file.
    /// </summary>
    public string? ImagesSha256 { get; }

    /// <summary>The same as <see cref="ImagesSha256"/> for the labels.</summary>
    public string? LabelsSha256 { get; }

    /// <summary>The pixels of one image, [rows, columns], row-major.</summary>
    /// <param name="index">0 to <c>Count - 1</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such image.</exception>
    public ReadOnlySpan<byte> Image(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return Pixels.Span.Slice(index * PixelsPerImage, PixelsPerImage);
    }

    /// <summary>A view on consecutive images; nothing is copied.</summary>
    /// <param name="start">The first image.</param>
    /// <param name="count">How many, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The images asked for are not all there.</exception>
    public LabelledImages Slice(int start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count - start);
        return new LabelledImages(this, start, count, ClassNames);
    }

    /// <summary>The same images, whose classes are called otherwise.</summary>
    internal LabelledImages WithClassNames(IReadOnlyList<string> classNames) => new(this, 0, Count, Checked(classNames, ClassCount));

    /// <summary>Some of the images, in the order given; they are copied.</summary>
    internal LabelledImages Take(int[] images)
    {
        var pixels = new byte[images.Length * PixelsPerImage];
        var labels = new byte[images.Length];
        for (int i = 0; i < images.Length; i++)
        {
            Image(images[i]).CopyTo(pixels.AsSpan(i * PixelsPerImage));
            labels[i] = Labels.Span[images[i]];
        }

        return new LabelledImages(this, pixels, labels);
    }

    /// <summary>These images and then others of the same kind; they are copied, and come from no file.</summary>
    internal LabelledImages Then(LabelledImages others) => new(
        (byte[])[.. Pixels.Span, .. others.Pixels.Span], (byte[])[.. Labels.Span, .. others.Labels.Span], Rows, Columns, ClassCount, ClassNames);

    /// <summary>The same images with the checksums of the IDX files that would hold them.</summary>
    internal LabelledImages WithChecksums() => new(
        IdxArray.Of([Count, Rows, Columns], Pixels), IdxArray.Of([Count], Labels), new DataSetFormat { ClassCount = ClassCount, ClassNames = ClassNames });

    private static string[] Numbers(int classCount) =>
        [.. Enumerable.Range(0, classCount).Select(label => label.ToString(CultureInfo.InvariantCulture))];

    private static string[] Checked(IReadOnlyList<string> classNames, int classCount)
    {
        if (classNames.Count != classCount)
            throw new ArgumentException($"{classCount} names are expected, one for each class, but there are {classNames.Count}.", nameof(classNames));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string name in classNames)
        {
            if (string.IsNullOrEmpty(name) || !seen.Add(name))
                throw new ArgumentException($"The names of classes must not be empty, and all differ, but one is '{name}'.", nameof(classNames));
        }

        return [.. classNames];
    }
}
