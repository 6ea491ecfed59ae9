using System.Buffers.Binary;
using System.IO.Hashing;
using StbImageSharp;

namespace NeuralDigits.Cli;

/// <summary>Reads PNG files of every colour type and depth.</summary>
/// <remarks>
/// The decoder looks at no checksum and works with pointers: chunks, their checksums and the size of the picture are checked before it sees
/// them. The format is published at https://www.w3.org/TR/png-3/.
/// </remarks>
internal static class PngFile
{
    private const int MaximumPixels = 1 << 26;
    private const int LengthBytes = 4;
    private const int TypeBytes = 4;
    private const int ChecksumBytes = 4;
    private const int HeaderBytes = 13;

    /// <summary>What every PNG file starts with.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Reads a picture.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="content">The file's bytes, of which the first are the signature.</param>
    /// <exception cref="InvalidDataException">The file is damaged, or the picture too large.</exception>
    public static Picture Read(string path, byte[] content)
    {
        CheckChunks(path, content);
        try
        {
            ImageResult image = ImageResult.FromMemory(content, ColorComponents.RedGreenBlueAlpha);
            return Picture.FromRgba(image.Data, image.Height, image.Width);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The decoder has no exception of its own for a malformed file.
            throw new InvalidDataException($"{path} is not a sound PNG file: {exception.Message}.", exception);
        }
    }

    private static void CheckChunks(string path, ReadOnlySpan<byte> content)
    {
        bool isLast = false;
        for (int offset = Signature.Length; !isLast;)
        {
            ReadOnlySpan<byte> rest = content[offset..];
            long length = rest.Length < LengthBytes ? 0 : BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (rest.Length < LengthBytes + TypeBytes + length + ChecksumBytes)
                throw new InvalidDataException($"{path}, offset {offset}: expected a whole chunk of a PNG file, found the end after {rest.Length} bytes.");
            ReadOnlySpan<byte> chunk = rest.Slice(LengthBytes, TypeBytes + (int)length);
            uint expected = BinaryPrimitives.ReadUInt32BigEndian(rest[(LengthBytes + chunk.Length)..]);
            uint actual = Crc32.HashToUInt32(chunk);
            if (actual != expected)
                throw new InvalidDataException($"{path}, offset {offset}: the chunk's checksum is {actual:x8}; the file says {expected:x8}. It is damaged.");
            if (offset == Signature.Length)
                CheckHeader(path, chunk);
            isLast = chunk.StartsWith("IEND"u8);
            offset += LengthBytes + chunk.Length + ChecksumBytes;
        }
    }

    private static void CheckHeader(string path, ReadOnlySpan<byte> chunk)
    {
        if (!chunk.StartsWith("IHDR"u8) || chunk.Length != TypeBytes + HeaderBytes)
            throw new InvalidDataException($"{path}, offset {Signature.Length}: expected the header chunk of a PNG file, IHDR of {HeaderBytes} bytes.");
        ulong columns = BinaryPrimitives.ReadUInt32BigEndian(chunk[TypeBytes..]);
        ulong rows = BinaryPrimitives.ReadUInt32BigEndian(chunk[(TypeBytes + sizeof(uint))..]);
        if (rows * columns is 0 or > MaximumPixels)
            throw new InvalidDataException($"{path} has {columns} x {rows} pixels; expected 1 to {MaximumPixels} in all.");
    }
}
