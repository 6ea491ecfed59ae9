using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace NeuralDigits.Cli.Tests;

/// <summary>Makes picture files by their published formats.</summary>
internal static class PictureBytes
{
    public static byte[] Signature { get; } = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>A grey PNG of 1, 8 or 16 bits; of 1 bit, whatever is not black is white.</summary>
    public static byte[] GreyPng(Picture picture, int bits = 8) => Png(picture, bits, colourType: 0, grey => bits == 16 ? [grey, grey] : [grey]);

    /// <summary>A PNG of 8 bits with colours and opacity.</summary>
    public static byte[] RgbaPng(Picture picture, Func<byte, byte[]> colour) => Png(picture, 8, colourType: 6, colour);

    /// <summary>A plain PGM, P2, with a comment.</summary>
    public static byte[] PlainPgm(Picture picture) => Encoding.ASCII.GetBytes(
        $"P2\n# drawn for a test\n{picture.Columns} {picture.Rows}\n255\n{string.Join('\n', picture.Pixels.ToArray())}\n");

    /// <summary>A raw PGM, P5, of 8 or 16 bits.</summary>
    public static byte[] RawPgm(Picture picture, int bits = 8) =>
    [
        .. Encoding.ASCII.GetBytes($"P5 {picture.Columns} {picture.Rows} {(1 << bits) - 1}\n"),
        .. picture.Pixels.ToArray().SelectMany(grey => bits == 16 ? new[] { grey, grey } : [grey]),
    ];

    /// <summary>A chunk of a PNG file.</summary>
    public static byte[] Chunk(string type, ReadOnlySpan<byte> content)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. content];
        var chunk = new byte[4 + body.Length + 4];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        body.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(4 + body.Length), Checksum(body));
        return chunk;
    }

    /// <summary>The header chunk of a PNG file.</summary>
    public static byte[] Header(int columns, int rows, int bits, int colourType)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, columns);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), rows);
        (header[8], header[9]) = ((byte)bits, (byte)colourType);
        return Chunk("IHDR", header);
    }

    private static byte[] Png(Picture picture, int bits, int colourType, Func<byte, byte[]> sample)
    {
        using var lines = new MemoryStream();
        using (var zlib = new ZLibStream(lines, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (int row = 0; row < picture.Rows; row++)
            {
                ReadOnlySpan<byte> line = picture.Pixels.Span.Slice(row * picture.Columns, picture.Columns);
                zlib.WriteByte(0);
                zlib.Write(bits == 1 ? Packed(line) : [.. line.ToArray().SelectMany(sample)]);
            }
        }

        return [.. Signature, .. Header(picture.Columns, picture.Rows, bits, colourType), .. Chunk("IDAT", lines.ToArray()), .. Chunk("IEND", [])];
    }

    private static byte[] Packed(ReadOnlySpan<byte> line)
    {
        var packed = new byte[(line.Length + 7) / 8];
        for (int i = 0; i < line.Length; i++)
            packed[i / 8] |= (byte)(line[i] == 0 ? 0 : 0x80 >> (i % 8));
        return packed;
    }

    // Bit by bit, as the format's specification defines it.
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
        }

        return ~crc;
    }
}
