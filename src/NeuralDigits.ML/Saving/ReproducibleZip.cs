using System.Buffers.Binary;
using System.IO.Compression;

namespace NeuralDigits.ML;

/// <summary>Rewrites a zip archive so that nothing but the content of its entries decides about its bytes.</summary>
/// <remarks>
/// Entries are sorted by name, stored uncompressed (compressors differ between versions of .NET), all of the same time,
/// and not marked with the system that they were written on.
/// </remarks>
internal static class ReproducibleZip
{
    // The first moment that the format can express.
    private static readonly DateTimeOffset Time = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The archive with the same entries.</summary>
    /// <exception cref="InvalidDataException">The input is not a zip archive.</exception>
    public static byte[] Rewrite(Stream zip)
    {
        using var buffer = new MemoryStream();
        using (var source = new ZipArchive(zip, ZipArchiveMode.Read, leaveOpen: true))
        using (var destination = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (ZipArchiveEntry entry in source.Entries.OrderBy(entry => entry.FullName, StringComparer.Ordinal))
                Copy(entry, destination);
        }

        byte[] bytes = buffer.ToArray();
        EraseSystem(bytes);
        return bytes;
    }

    private static void Copy(ZipArchiveEntry entry, ZipArchive destination)
    {
        ZipArchiveEntry copy = destination.CreateEntry(entry.FullName, CompressionLevel.NoCompression);
        copy.LastWriteTime = Time;
        copy.ExternalAttributes = 0;
        using Stream from = entry.Open();
        using Stream to = copy.Open();
        from.CopyTo(to);
    }

    // The central directory says for each entry on which system it was made, and .NET tells the truth: PKWARE's
    // APPNOTE.TXT, 4.3.12 and 4.3.16, with the field "version made by" in 4.4.2. Zero, MS-DOS, stands for none.
    private static void EraseSystem(Span<byte> zip)
    {
        const int endOfDirectoryLength = 22;
        Span<byte> end = zip[^endOfDirectoryLength..];
        int count = BinaryPrimitives.ReadUInt16LittleEndian(end[10..]);
        int entry = BinaryPrimitives.ReadInt32LittleEndian(end[16..]);
        for (int i = 0; i < count; i++)
        {
            Span<byte> header = zip[entry..];
            header[5] = 0;
            int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
            int extraLength = BinaryPrimitives.ReadUInt16LittleEndian(header[30..]);
            int commentLength = BinaryPrimitives.ReadUInt16LittleEndian(header[32..]);
            entry += 46 + nameLength + extraLength + commentLength;
        }
    }
}
