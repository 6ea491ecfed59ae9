using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace NeuralDigits.Cli;

/// <summary>Checks a PNG file before it is decoded: its chunks with their checksums, the picture's size, and how much its data unpack to.</summary>
/// <remarks>The format is published at https://www.w3.org/TR/png-3/.</remarks>
internal static class PngCheck
{
    private const int MaximumPixelBytes = 8;
    private const int FieldBytes = 4;
    private const int HeaderBytes = 13;

    /// <summary>Checks a file that starts with the signature.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or the picture too large.</exception>
    public static void Check(string path, ReadOnlySpan<byte> content)
    {
        int offset = PngFile.Signature.Length;
        ReadOnlySpan<byte> chunk = Chunk(path, content, offset);
        long maximumData = CheckHeader(path, chunk);
        using var data = new MemoryStream();
        while (!chunk.StartsWith("IEND"u8))
        {
            offset += chunk.Length + (2 * FieldBytes);
            chunk = Chunk(path, content, offset);
            if (chunk.StartsWith("IDAT"u8))
                data.Write(chunk[FieldBytes..]);
        }

        CheckData(path, data, maximumData);
    }

    // Length, type, content, checksum of the two before it: the type and the content are returned.
    private static ReadOnlySpan<byte> Chunk(string path, ReadOnlySpan<byte> content, int offset)
    {
        ReadOnlySpan<byte> rest = content[offset..];
        long length = rest.Length < FieldBytes ? 0 : BinaryPrimitives.ReadUInt32BigEndian(rest);
        if (rest.Length < length + (3 * FieldBytes))
        {
            throw new InvalidDataException(
                $"{path}, offset {offset}: expected a whole chunk of a PNG file, found the end after {rest.Length} bytes.");
        }

        ReadOnlySpan<byte> chunk = rest.Slice(FieldBytes, FieldBytes + (int)length);
        uint expected = BinaryPrimitives.ReadUInt32BigEndian(rest[(FieldBytes + chunk.Length)..]);
        uint actual = Crc32.HashToUInt32(chunk);
        return actual == expected
            ? chunk
            : throw new InvalidDataException(
                $"{path}, offset {offset}: the chunk's checksum is {actual:x8}; the file says {expected:x8}. It is damaged.");
    }

    private static long CheckHeader(string path, ReadOnlySpan<byte> chunk)
    {
        if (!chunk.StartsWith("IHDR"u8) || chunk.Length != FieldBytes + HeaderBytes)
        {
            throw new InvalidDataException(
                $"{path}, offset {PngFile.Signature.Length}: expected the header chunk of a PNG file, IHDR of {HeaderBytes} bytes.");
        }

        ulong columns = BinaryPrimitives.ReadUInt32BigEndian(chunk[FieldBytes..]);
        ulong rows = BinaryPrimitives.ReadUInt32BigEndian(chunk[(2 * FieldBytes)..]);
        if (rows * columns is 0 or > ImageFile.MaximumPixels)
            throw new InvalidDataException($"{path} has {columns} x {rows} pixels; expected 1 to {ImageFile.MaximumPixels} in all.");

        // A line starts with one byte more; an interlaced picture has up to two lines for each row, and at least one for each pass.
        return (long)((rows * columns * MaximumPixelBytes) + (2 * rows) + MaximumPixelBytes);
    }

    private static void CheckData(string path, MemoryStream data, long maximum)
    {
        data.Position = 0;
        using var unpacked = new ZLibStream(data, CompressionMode.Decompress);
        var buffer = new byte[64 * 1024];
        long total = 0;
        try
        {
            while (total <= maximum && unpacked.Read(buffer) is > 0 and int count)
                total += count;
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{path} is not a sound PNG file: {exception.Message}", exception);
        }

        if (total > maximum)
            throw new InvalidDataException($"{path} unpacks to more than the {maximum} bytes that a picture of its size can have.");
    }
}
