using System.Buffers.Binary;

namespace NeuralDigits;

/// <summary>
/// The data set in the one file that the book's program reads, <c>mnist.pkl.gz</c>: a pickled tuple of the training, the validation and the
/// test set, each a tuple of the images, float32[N, 784] from 0 to 1, and the labels, int64[N].
/// </summary>
/// <remarks>
/// <para>
/// Python unpickles a file by executing it. Here nothing is executed: the few operations that such a file consists of are read, of the
/// protocols 2 to 5, as Python 2 and 3 write them with NumPy 1 and 2; anything else in a file is refused by its name.
/// </para>
/// <para>
/// The pixels become the bytes again that they were, exactly. So the images and labels of MNIST's file are those of its IDX files, and the data
/// set is called <c>mnist</c>.
/// </para>
/// </remarks>
public static class PickledDataSet
{
    private static readonly string[] SetNames = ["training", "validation", "test"];
    private static readonly string[] Endings = [".gz", ".pkl", ".pickle"];

    /// <summary>Reads a file, gzipped or not.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">The image size and the number of classes to expect; MNIST's when left out. The size must be given.</param>
    /// <returns>The data set; its validation set is the file's own.</returns>
    /// <exception cref="ArgumentException">The format leaves the size of the images open, which the file does not tell.</exception>
    /// <exception cref="InvalidDataException">The file is malformed, or holds anything else.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static DataSet Load(string path, DataSetFormat? format = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        format ??= new DataSetFormat();
        if (format is not { Rows: int rows, Columns: int columns })
            throw new ArgumentException("The size of the images must be given: a pickle tells only how many pixels they have.", nameof(format));

        using ByteSource source = ByteSource.Open(path);
        if (PickleReader.Read(source) is not PickleTuple { Items.Length: 3 } sets)
            throw Malformed.Data(path, "as a whole", "a tuple of three sets: training, validation, test", "something else");
        var pixels = new PickledPixels(path);
        (byte[] Pixels, byte[] Labels)[] read =
            [.. sets.Items.Select((set, i) => ReadSet(path, SetNames[i], set, pixels, (rows, columns), format.ClassCount))];
        LabelledImages all = Images([.. read[0].Pixels, .. read[1].Pixels], [.. read[0].Labels, .. read[1].Labels]);
        LabelledImages test = Images(read[2].Pixels, read[2].Labels);
        return DataSet.Of(WithoutEndings(path), all, test, DataSplit.Last(read[1].Labels.Length), format, DataForm.Pickle);

        LabelledImages Images(byte[] pixels, byte[] labels) =>
            new(IdxArray.Of([labels.Length, rows, columns], pixels), IdxArray.Of([labels.Length], labels), format);
    }

    /// <summary>Whether a file starts, gzipped or not, as a pickle of the protocols that are read.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It is no regular file with content, or its gzip data are malformed.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static bool IsPickle(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        using ByteSource source = ByteSource.Open(path);
        Span<byte> start = stackalloc byte[2];
        return source.ReadUpTo(start) == start.Length && start is [(byte)PickleOperation.Proto, >= PickleReader.LeastProtocol and <= PickleReader.MostProtocol];
    }

    private static (byte[] Pixels, byte[] Labels) ReadSet(
        string path, string name, PickleValue set, PickledPixels pixels, (int Rows, int Columns) size, int classCount)
    {
        int width = size.Rows * size.Columns;
        if (set is not PickleTuple { Items: [NumpyArray images, NumpyArray labels] })
            throw Malformed.Data(path, $"{name} set", "a tuple of two arrays, images and labels", set.Words);
        if (images is not { Type.Code: "f4", Shape: [int count, int found] } || found != width)
            throw Malformed.Data(path, $"{name} images", $"an array f4[N, {width}]", images.Words);
        return labels is { Type.Code: "i8", Shape: [int labelCount] } && labelCount == count
            ? (pixels.ToBytes(name, images.Bytes.Span, width), ReadLabels(path, name, labels, classCount))
            : throw Malformed.Data(path, $"{name} labels", $"an array i8[{count}], a label for each image", labels.Words);
    }

    private static byte[] ReadLabels(string path, string name, NumpyArray labels, int classCount)
    {
        var bytes = new byte[labels.Shape[0]];
        for (int i = 0; i < bytes.Length; i++)
        {
            long label = BinaryPrimitives.ReadInt64LittleEndian(labels.Bytes.Span[(i * sizeof(long))..]);
            if (label < 0 || label >= classCount)
                throw Malformed.Data(path, $"{name} label {i}", $"a label from 0 to {classCount - 1}", $"{label}");
            bytes[i] = (byte)label;
        }

        return bytes;
    }

    // As far as it is called after its format, a file's name is not the data set's.
    private static string WithoutEndings(string path)
    {
        while (Endings.FirstOrDefault(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) is { } ending)
            path = path[..^ending.Length];
        return path;
    }
}
