namespace NeuralDigits;

/// <summary>
/// Reads files in the IDX format of MNIST, gzipped or not (the content decides, not the name), straight to bytes; and writes them.
/// </summary>
/// <remarks>
/// The format: <see href="http://yann.lecun.com/exdb/mnist/"/>, "FILE FORMATS FOR THE MNIST DATABASE". Files are not trusted: sizes are
/// checked before memory is taken, nothing may be missing and nothing left over, and gzip's own checksum must hold. An error says which
/// file, at which offset, what was expected and what was found.
/// </remarks>
public static partial class IdxFile
{
    private const int ChunkLength = 256 * 1024;

    /// <summary>Reads an image file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">The image size to expect; MNIST's when left out.</param>
    /// <returns>The pixels, [images, rows, columns]; 0 is background, 255 full ink.</returns>
    /// <exception cref="InvalidDataException">The file is malformed, or its images are not of the expected size.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static IdxArray ReadImages(string path, DataSetFormat? format = null) =>
        ReadImages(path, new IdxDimension("images"), format ?? new DataSetFormat());

    /// <summary>Reads a label file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">The number of classes to expect; ten when left out.</param>
    /// <returns>The labels, [labels], each from 0 to <c>ClassCount - 1</c>.</returns>
    /// <exception cref="InvalidDataException">The file is malformed, or a label is out of range.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static IdxArray ReadLabels(string path, DataSetFormat? format = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        return ReadLabels(path, new IdxDimension("labels"), format ?? new DataSetFormat());
    }

    /// <summary>Reads a label file that is to hold so many labels.</summary>
    internal static IdxArray ReadLabels(string path, IdxDimension count, DataSetFormat format)
    {
        const string advice = "Of more classes than ten, classes.txt beside the four files has the names, a line for each; a program can ask for more by DataSetFormat.";
        int classCount = format.ClassCount;
        using ByteSource source = ByteSource.Open(path);
        IdxArray labels = Read(source, [count], out int headerLength);

        int wrong = labels.Values.Span.IndexOfAnyExceptInRange((byte)0, (byte)(classCount - 1));
        if (wrong >= 0)
        {
            throw Malformed.Data(
                path, source.Place(headerLength + wrong), $"a label from 0 to {classCount - 1}",
                $"{labels.Values.Span[wrong]}, as label {wrong}", advice);
        }

        return labels;
    }

    /// <summary>Reads an image file and the label file that belongs to it.</summary>
    /// <param name="imagesPath">The image file.</param>
    /// <param name="labelsPath">The label file; it must hold as many labels as there are images.</param>
    /// <param name="format">The image size and the number of classes to expect; MNIST's when left out.</param>
    /// <exception cref="InvalidDataException">A file is malformed, or the two do not belong together.</exception>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static LabelledImages Read(string imagesPath, string labelsPath, DataSetFormat? format = null)
    {
        format ??= new DataSetFormat();

        // The small file first, so that a wrong pair is refused before the images take memory.
        IdxArray labels = ReadLabels(labelsPath, format);
        var asManyAsLabels = new IdxDimension(
            $"images, one for each label of {labelsPath}", labels.Dimensions[0], "Were a training file and a test file mixed up?");
        IdxArray images = ReadImages(imagesPath, asManyAsLabels, format);
        return new LabelledImages(images, labels, format);
    }

    /// <summary>Reads an image file that is to hold so many images.</summary>
    internal static IdxArray ReadImages(string path, IdxDimension count, DataSetFormat format)
    {
        ArgumentNullException.ThrowIfNull(path);
        const string advice = "Scale the images to the size expected; a program can ask for images of theirs by DataSetFormat.";
        using ByteSource source = ByteSource.Open(path);
        return Read(source, [count, new("pixel rows", format.Rows, advice), new("pixel columns", format.Columns, advice)], out _);
    }

    private static IdxArray Read(ByteSource source, IdxDimension[] expected, out int headerLength)
    {
        IdxHeader header = IdxHeader.Read(source, expected);
        headerLength = header.Bytes.Length;
        long length = (long)headerLength + header.PayloadLength;
        source.RequireLength(length);

        byte[] values = GC.AllocateUninitializedArray<byte>(header.PayloadLength);
        using var digest = new ContentDigest(source);
        digest.Append(header.Bytes);
        for (int start = 0; start < values.Length; start += ChunkLength)
        {
            Memory<byte> chunk = values.AsMemory(start, Math.Min(ChunkLength, values.Length - start));
            if (source.ReadUpTo(chunk.Span) < chunk.Length)
                throw Malformed.Data(source.Path, source.Place(source.Position), $"{length} bytes, as its header declares", "the end");
            digest.Append(chunk);
        }

        string sha256 = digest.Finish();
        source.RequireEnd();
        return new IdxArray(header.Dimensions, values, sha256);
    }
}
