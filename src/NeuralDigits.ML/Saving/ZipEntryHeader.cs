using System.Buffers.Binary;
using System.Text;

namespace NeuralDigits.ML;

/// <summary>What a zip archive says of an entry, once before its content and once in the central directory.</summary>
/// <param name="Length">The bytes that this header takes, with the name and what else belongs to it.</param>
/// <param name="Name">The entry's name.</param>
/// <param name="Version">The version of the format that it asks for.</param>
/// <param name="Flags">The general purpose flags.</param>
/// <param name="Method">How it is compressed.</param>
/// <param name="Time">When it was changed last, as the format writes it.</param>
/// <param name="Crc">The CRC-32 of the content.</param>
/// <param name="StoredLength">The bytes that the content takes in the file.</param>
/// <param name="ContentLength">The bytes of the content.</param>
/// <param name="Start">Where the entry begins; 0 in the header there.</param>
/// <remarks>PKWARE's APPNOTE.TXT, 4.3.7 for the header before the content, 4.3.12 for the one in the directory, 4.3.9 for the descriptor.</remarks>
internal sealed record ZipEntryHeader(
    int Length, string Name, int Version, int Flags, int Method, uint Time, uint Crc, uint StoredLength, uint ContentLength, uint Start)
{
    private const uint CentralSignature = 0x02014B50;
    private const uint LocalSignature = 0x04034B50;
    private const uint DescriptorSignature = 0x08074B50;
    private const int CentralLength = 46;
    private const int LocalLength = 30;
    private const int DescriptorFieldsLength = 12;
    private const int Stored = 0;
    private const int Deflated = 8;

    // The degree of Deflate, a descriptor behind the content, names in UTF-8: .NET sets no others.
    private const int DescriptorFlag = 1 << 3;
    private const int KnownFlags = 0b110 | DescriptorFlag | (1 << 11);

    // Refuses what is not UTF-8 instead of replacing it. ML.NET's own names are ASCII.
    private static readonly UTF8Encoding Encoding = new(false, true);

    /// <summary>Whether the content is compressed.</summary>
    public bool IsDeflated => Method == Deflated;

    /// <summary>Whether length and checksum stand behind the content: its writer could not go back to put them before it.</summary>
    public bool HasDescriptor => (Flags & DescriptorFlag) != 0;

    /// <exception cref="InvalidDataException">There is no such header at the beginning of the bytes.</exception>
    public static ZipEntryHeader ReadCentral(ReadOnlyMemory<byte> bytes)
    {
        ReadOnlySpan<byte> header = Fields(bytes.Span, CentralLength, CentralSignature, "the directory");
        if (BinaryPrimitives.ReadUInt32LittleEndian(header[34..]) != 0)
            throw CheckedZip.Wrong("an entry is in another part of several, or marked as text");
        int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
        int rest = BinaryPrimitives.ReadUInt16LittleEndian(header[30..]) + BinaryPrimitives.ReadUInt16LittleEndian(header[32..]);
        return Read(header[6..], CentralLength, nameLength, rest, BinaryPrimitives.ReadUInt32LittleEndian(header[42..]), bytes.Span);
    }

    /// <exception cref="InvalidDataException">There is no such header at the beginning of the bytes.</exception>
    public static ZipEntryHeader ReadLocal(ReadOnlyMemory<byte> bytes)
    {
        ReadOnlySpan<byte> header = Fields(bytes.Span, LocalLength, LocalSignature, "an entry");
        int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(header[26..]);
        int rest = BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
        return Read(header[4..], LocalLength, nameLength, rest, start: 0, bytes.Span);
    }

    /// <summary>What is wrong with this header in the directory, given the one before the content; null if nothing is.</summary>
    public string? FindFault(ZipEntryHeader own, int start) =>
        Start != start ? $"should begin at byte {Start}; the one before it ends at {start}"
        : Name != own.Name ? $"calls itself '{own.Name.AsSpan(0, Math.Min(own.Name.Length, 80))}'"
        : (Version, Flags, Method, Time) != (own.Version, own.Flags, own.Method, own.Time) || !SaysTheSameOfTheContent(own) ? "says something else of itself than the directory does"
        : (Flags & ~KnownFlags) != 0 ? $"has the flags {Flags:x4}: it is encrypted, or of a kind that is not read"
        : Method is not (Stored or Deflated) ? $"is compressed by method {Method}; expected {Stored} or {Deflated}"
        : Method == Stored && StoredLength != ContentLength ? $"is not compressed, but should have {StoredLength} bytes in the file and {ContentLength} in all"
        : null;

    /// <summary>The length of the descriptor that lies behind the content.</summary>
    /// <exception cref="InvalidDataException">There is none, or it says something else.</exception>
    public int DescriptorLength(ReadOnlySpan<byte> bytes)
    {
        // Its signature is optional; .NET writes it.
        int signature = bytes.Length >= sizeof(uint) && BinaryPrimitives.ReadUInt32LittleEndian(bytes) == DescriptorSignature ? sizeof(uint) : 0;
        bool agrees = bytes.Length >= signature + DescriptorFieldsLength
            && BinaryPrimitives.ReadUInt32LittleEndian(bytes[signature..]) == Crc
            && BinaryPrimitives.ReadUInt32LittleEndian(bytes[(signature + 4)..]) == StoredLength
            && BinaryPrimitives.ReadUInt32LittleEndian(bytes[(signature + 8)..]) == ContentLength;
        return agrees ? signature + DescriptorFieldsLength : throw CheckedZip.Wrong("behind an entry stands something else than the directory says of it");
    }

    private bool SaysTheSameOfTheContent(ZipEntryHeader own) => (own.Crc, own.StoredLength, own.ContentLength)
        == (HasDescriptor ? (0, 0, 0) : (Crc, StoredLength, ContentLength));

    private static ReadOnlySpan<byte> Fields(ReadOnlySpan<byte> bytes, int length, uint signature, string what) =>
        bytes.Length >= length && BinaryPrimitives.ReadUInt32LittleEndian(bytes) == signature
            ? bytes[..length]
            : throw CheckedZip.Wrong($"where the header of an entry should be in {what}, there is none");

    // Both headers have the same fields in a row, from the version on.
    private static ZipEntryHeader Read(ReadOnlySpan<byte> fields, int fixedLength, int nameLength, int restLength, uint start, ReadOnlySpan<byte> bytes)
    {
        int length = fixedLength + nameLength + restLength;
        if (length > bytes.Length)
            throw CheckedZip.Wrong($"the name of an entry should have {nameLength} bytes, and what follows it {restLength}; {bytes.Length - fixedLength} are left");
        return new ZipEntryHeader(
            length,
            NameIn(bytes.Slice(fixedLength, nameLength)),
            BinaryPrimitives.ReadUInt16LittleEndian(fields),
            BinaryPrimitives.ReadUInt16LittleEndian(fields[2..]),
            BinaryPrimitives.ReadUInt16LittleEndian(fields[4..]),
            BinaryPrimitives.ReadUInt32LittleEndian(fields[6..]),
            BinaryPrimitives.ReadUInt32LittleEndian(fields[10..]),
            BinaryPrimitives.ReadUInt32LittleEndian(fields[14..]),
            BinaryPrimitives.ReadUInt32LittleEndian(fields[18..]),
            start);
    }

    private static string NameIn(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Encoding.GetString(bytes);
        }
        catch (ArgumentException exception)
        {
            throw new InvalidDataException(CheckedZip.Wrong("the name of an entry is not UTF-8").Message, exception);
        }
    }
}
