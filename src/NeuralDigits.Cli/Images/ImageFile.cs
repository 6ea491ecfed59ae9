namespace NeuralDigits.Cli;

/// <summary>Reads the images of a file. What it is, its content decides, never its name.</summary>
internal static class ImageFile
{
    /// <summary>The most pixels of a picture.</summary>
    public const int MaximumPixels = 1 << 26;

    private const long MaximumLength = 256L << 20;
    private const int StartLength = 8;

    /// <summary>Reads a picture, or images of an IDX file.</summary>
    /// <param name="path">The file: PNG, PGM, or IDX, the latter gzipped or not.</param>
    /// <param name="range">Which images of an IDX file; null for all.</param>
    /// <exception cref="InvalidDataException">The file is of another format, malformed, or has no such images.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static IReadOnlyList<SourceImage> Read(string path, IndexRange? range)
    {
        byte[] start = Start(path);
        if (start is [0, 0, ..] or [0x1F, 0x8B, ..])
            return ReadIdx(path, range);
        if (range is not null)
            throw new InvalidDataException($"{path} holds one picture: --index {range} is for IDX files.");
        return [new SourceImage(path, Index: null, ReadPicture(path, start))];
    }

    /// <summary>Reads a picture of a PNG file, and of no other.</summary>
    /// <inheritdoc cref="Read"/>
    public static Picture ReadPng(string path)
    {
        byte[] start = Start(path);
        return start.AsSpan().StartsWith(PngFile.Signature) ? PngFile.Read(path, Content(path)) : throw Foreign(path, start, "no PNG file");
    }

    private static Picture ReadPicture(string path, byte[] start)
    {
        if (start.AsSpan().StartsWith(PngFile.Signature))
            return PngFile.Read(path, Content(path));
        return start is [(byte)'P', (byte)'2' or (byte)'5', ..] ? PgmFile.Read(path, Content(path)) : throw Foreign(path, start, "neither PNG nor PGM nor IDX");
    }

    private static SourceImage[] ReadIdx(string path, IndexRange? range)
    {
        IdxArray images = IdxFile.ReadImages(path, new DataSetFormat { Rows = null, Columns = null });
        (int count, int rows, int columns) = (images.Dimensions[0], images.Dimensions[1], images.Dimensions[2]);
        range ??= new IndexRange(0, count - 1);
        if (range.Last >= count)
            throw new InvalidDataException($"{path} holds the images 0 to {count - 1}; --index is {range}.");
        return
        [
            .. from index in Enumerable.Range(range.First, range.Last - range.First + 1)
               select new SourceImage(path, index, new Picture(images.Values.Slice(index * rows * columns, rows * columns), rows, columns)),
        ];
    }

    private static byte[] Start(string path)
    {
        using FileStream file = RegularFile.Open(path);
        var start = new byte[StartLength];
        return start[..file.ReadAtLeast(start, StartLength, throwOnEndOfStream: false)];
    }

    private static byte[] Content(string path)
    {
        using FileStream file = RegularFile.Open(path);
        long length = file.Length;
        return length <= MaximumLength
            ? RegularFile.ReadToEnd(path, file, (int)length)
            : throw new InvalidDataException($"{path} has {length} bytes; a picture may have {MaximumLength} at most.");
    }

    private static InvalidDataException Foreign(string path, byte[] start, string what)
    {
        string found = start switch
        {
            [0xFF, 0xD8, ..] => "It is a JPEG file: convert it to PNG",
            [(byte)'G', (byte)'I', (byte)'F', ..] => "It is a GIF file: convert it to PNG",
            [(byte)'B', (byte)'M', ..] => "It is a BMP file: convert it to PNG",
            [(byte)'P', >= (byte)'1' and <= (byte)'7', ..] => $"It is a netpbm file of type P{(char)start[1]}; only the grey ones, P2 and P5, are read",
            _ => $"It starts with {Convert.ToHexString(start)}",
        };
        return new InvalidDataException($"{path} is {what}. {found}.");
    }
}
