using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace NeuralDigits.ML;

/// <summary>Reads a zip archive that nobody vouches for, and trusts nothing in it: .NET's own reader passes over the checksums.</summary>
/// <remarks>
/// <para>
/// PKWARE's APPNOTE.TXT, section 4.3, as strictly as .NET writes it: entries from the first byte on, one behind the other, then the central
/// directory, then its end, which ends the file. What the directory says of an entry, the entry says of itself, in the same order. So there
/// is one way to read the file, and every bit of the content is covered by a CRC-32.
/// </para>
/// <para>Refused: encryption, archives in parts or beyond 4 GB, comments, compression by other means than Deflate, two entries of one name.</para>
/// </remarks>
internal sealed class CheckedZip
{
    /// <summary>All content together may be so many times as long as the file. Parameters hardly shrink; a zip bomb grows by a thousand.</summary>
    internal const int MaximumExpansion = 100;

    private const uint EndSignature = 0x06054B50;
    private const int EndLength = 22;
    private const uint ZipBeyond4Gigabytes = uint.MaxValue;

    private readonly ReadOnlyMemory<byte> _file;
    private readonly int _directory;
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _entries = new(StringComparer.Ordinal);
    private long _budget;

    private CheckedZip(ReadOnlyMemory<byte> file)
    {
        _file = file;
        _budget = (long)file.Length * MaximumExpansion;
        int count = ReadEnd(out _directory);
        int header = _directory;
        int local = 0;
        for (int i = 0; i < count; i++)
            (header, local) = ReadEntry(header, local);
        if (local != _directory)
            throw Wrong($"its entries end at byte {local}, but its directory begins at {_directory}");
        if (header != file.Length - EndLength)
            throw Wrong($"its directory of {count} entries ends at byte {header}; expected {file.Length - EndLength}");
    }

    /// <summary>The content of each entry by its name, with <c>/</c> between folders.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Entries => _entries;

    /// <summary>Reads an archive.</summary>
    /// <param name="file">All of it.</param>
    /// <exception cref="InvalidDataException">It is not a zip archive, is damaged, or is one of those that are refused.</exception>
    public static CheckedZip Read(ReadOnlyMemory<byte> file) => new(file);

    private int ReadEnd(out int directory)
    {
        if (_file.Length < EndLength)
            throw Wrong($"it has {_file.Length} bytes; a zip archive has at least {EndLength}");
        ReadOnlySpan<byte> end = _file.Span[^EndLength..];
        int count = BinaryPrimitives.ReadUInt16LittleEndian(end[10..]);
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(end[12..]);
        uint start = BinaryPrimitives.ReadUInt32LittleEndian(end[16..]);
        if (BinaryPrimitives.ReadUInt32LittleEndian(end) != EndSignature || BinaryPrimitives.ReadUInt16LittleEndian(end[20..]) != 0)
            throw Wrong("it does not end as a zip archive without a comment does: it is cut off, or something else");
        if (BinaryPrimitives.ReadUInt32LittleEndian(end[4..]) != 0 || BinaryPrimitives.ReadUInt16LittleEndian(end[8..]) != count || start == ZipBeyond4Gigabytes)
            throw Wrong("it is one part of several, or has more than 4 GB");
        if ((long)start + length != _file.Length - EndLength)
            throw Wrong($"its directory should be {length} bytes from byte {start} on, which does not end where the file does");
        directory = (int)start;
        return count;
    }

    private (int NextHeader, int NextLocal) ReadEntry(int header, int local)
    {
        ZipEntryHeader central = ZipEntryHeader.ReadCentral(Part(header, _file.Length - EndLength));
        ZipEntryHeader own = ZipEntryHeader.ReadLocal(Part(local, _directory));
        if (central.FindFault(own, local) is { } fault)
            throw Wrong($"its entry '{Excerpt(central.Name)}' {fault}");
        ReadOnlyMemory<byte> stored = Part(local + own.Length, _directory);
        if (central.StoredLength > stored.Length)
            throw Wrong($"its entry '{Excerpt(central.Name)}' should have {central.StoredLength} bytes from byte {local + own.Length} on, but {stored.Length} are left");
        if (!_entries.TryAdd(NameOf(central), Content(central, stored[..(int)central.StoredLength])))
            throw Wrong($"two of its entries have the name '{Excerpt(central.Name)}'");
        int end = local + own.Length + (int)central.StoredLength;
        return (header + central.Length, end + (own.HasDescriptor ? central.DescriptorLength(Part(end, _directory).Span) : 0));
    }

    private static string NameOf(ZipEntryHeader header)
    {
        // ML.NET writes the separators of the system that it runs on.
        string name = header.Name.Replace('\\', '/');
        return name.Length > 0 && name[0] != '/' && !name.Split('/').Contains("..")
            ? name
            : throw Wrong($"its entry '{Excerpt(name)}' leads out of the archive");
    }

    private ReadOnlyMemory<byte> Content(ZipEntryHeader header, ReadOnlyMemory<byte> stored)
    {
        _budget -= header.ContentLength;
        if (_budget < 0)
            throw Wrong($"its content would be more than {MaximumExpansion} times as long as the file, which has {_file.Length} bytes");
        ReadOnlyMemory<byte> content = header.IsDeflated ? Inflate(header, stored) : stored;
        if (content.Length != header.ContentLength)
            throw Wrong($"its entry '{Excerpt(header.Name)}' has {content.Length} bytes; expected {header.ContentLength}");
        uint crc = Crc32.HashToUInt32(content.Span);
        return crc == header.Crc
            ? content
            : throw Wrong($"its entry '{Excerpt(header.Name)}' has the CRC-32 {crc:x8}; expected {header.Crc:x8}");
    }

    // Memory is taken as bytes come, not as many as the file promises.
    private static byte[] Inflate(ZipEntryHeader header, ReadOnlyMemory<byte> stored)
    {
        using var inflated = new MemoryStream();
        using var source = new DeflateStream(new MemoryStream(stored.ToArray(), writable: false), CompressionMode.Decompress);
        var buffer = new byte[1 << 14];
        for (int read; inflated.Length <= header.ContentLength && (read = source.Read(buffer)) > 0;)
            inflated.Write(buffer.AsSpan(0, read));
        return inflated.ToArray();
    }

    private ReadOnlyMemory<byte> Part(int start, int end) =>
        start <= end ? _file[start..end] : throw Wrong($"it goes on at byte {start}, behind the end of its part at {end}");

    private static string Excerpt(string name) => name.Length <= 80 ? name : $"{name.AsSpan(0, 80)}...";

    internal static InvalidDataException Wrong(string how) =>
        new($"The model file is damaged or no zip archive as ML.NET writes it: {how}. Take it from its source again.");
}
