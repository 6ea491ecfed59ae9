namespace NeuralDigits;

/// <summary>The header of a gzip member, RFC 1952 section 2.3.</summary>
internal static class GzipHeader
{
    private const int FixedLength = 10;
    private const int HasHeaderCrc = 0x02;
    private const int HasExtra = 0x04;
    private const int HasName = 0x08;
    private const int HasComment = 0x10;
    private const int Reserved = 0xE0;

    /// <summary>Moves from the first byte of the file to the first byte of the compressed data.</summary>
    /// <remarks>File name, time and comment are passed over, and with them the header's own checksum, which guards nothing else.</remarks>
    public static void Skip(string path, FileStream file)
    {
        Span<byte> header = stackalloc byte[FixedLength];
        if (file.ReadAtLeast(header, FixedLength, throwOnEndOfStream: false) < FixedLength)
            throw CutShort(path, file);
        if (header[2] != 8)
            throw Malformed.Data(path, "offset 2", "gzip compression method 8 (deflate)", $"{header[2]}");
        byte flags = header[3];
        if ((flags & Reserved) != 0)
            throw Malformed.Data(path, "offset 3", "gzip flags with the reserved bits 0xE0 unset", $"0x{flags:X2}");

        if ((flags & HasExtra) != 0)
            SkipBytes(path, file, NextByte(path, file) | NextByte(path, file) << 8);
        if ((flags & HasName) != 0)
            SkipText(path, file);
        if ((flags & HasComment) != 0)
            SkipText(path, file);
        if ((flags & HasHeaderCrc) != 0)
            SkipBytes(path, file, 2);
    }

    private static void SkipText(string path, FileStream file)
    {
        while (NextByte(path, file) != 0)
        {
        }
    }

    private static void SkipBytes(string path, FileStream file, int count)
    {
        for (; count > 0; count--)
            NextByte(path, file);
    }

    private static int NextByte(string path, FileStream file) => file.ReadByte() is >= 0 and int value ? value : throw CutShort(path, file);

    private static InvalidDataException CutShort(string path, FileStream file) =>
        Malformed.Data(
            path, $"offset {file.Position}", "the rest of the gzip header", "the end of the file",
            "The file was cut short; fetch it again.");
}
