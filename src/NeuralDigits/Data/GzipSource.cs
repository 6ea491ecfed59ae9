using System.Buffers.Binary;
using System.IO.Compression;

namespace NeuralDigits;

/// <summary>
/// A gzip file (RFC 1952) of exactly one member. The framing is checked here and only the deflate data is left to the framework:
/// <see cref="GZipStream"/> takes a truncated file for a short one, and passes over whatever follows the member.
/// </summary>
internal sealed class GzipSource : ByteSource
{
    private const int TrailerLength = 8;

    // RFC 1951: a match of at most 258 bytes takes at least two bits.
    private const long LargestRatio = 1032;

    private readonly uint _declaredCrc32;
    private readonly uint _declaredLength;
    private readonly CompressedBody _body;
    private readonly DeflateStream _inflater;
    private uint _crc32;

    public GzipSource(string path, FileStream file)
        : base(path, file)
    {
        long length = file.Length;
        GzipHeader.Skip(path, file);
        long bodyLength = length - TrailerLength - file.Position;
        if (bodyLength <= 0)
            throw CutShort(length, "compressed data and an 8-byte trailer after the gzip header");

        Span<byte> trailer = stackalloc byte[TrailerLength];
        if (RandomAccess.Read(file.SafeFileHandle, trailer, length - TrailerLength) < TrailerLength)
            throw CutShort(length, "an 8-byte gzip trailer");
        _declaredCrc32 = BinaryPrimitives.ReadUInt32LittleEndian(trailer);
        _declaredLength = BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]);

        _body = new CompressedBody(file, bodyLength);
        _inflater = new DeflateStream(_body, CompressionMode.Decompress);
    }

    public override long DeclaredLength => _declaredLength;

    public override string Place(long offset) => $"offset {offset} of the uncompressed data";

    /// <remarks>
    /// The trailer holds the length modulo 2^32 and can be forged; what deflate can reach at best cannot. Both together keep a small file
    /// from taking much memory.
    /// </remarks>
    public override void RequireLength(long length)
    {
        if (_declaredLength != (uint)length)
        {
            throw Malformed.Data(
                Path, $"offset {_body.End + 4}", $"{(uint)length}, the number of uncompressed bytes that its content declares",
                $"{_declaredLength} in the gzip trailer",
                "The file was cut short, holds more than one gzip member, or one of the two is wrong.");
        }

        long most = _body.Length * LargestRatio;
        if (length > most)
        {
            throw Malformed.Data(
                Path, "as a whole", $"no more than {most} uncompressed bytes from {_body.Length} compressed ones",
                $"{length} declared");
        }
    }

    protected override void RequireContentEnd()
    {
        long length = Position;
        Span<byte> beyond = stackalloc byte[1];
        if (ReadUpTo(beyond) != 0)
        {
            throw Malformed.Data(
                Path, Place(length), $"the end after {length} bytes, as declared", "more", "Reading stopped here.");
        }

        if (_body.Remaining > 0)
        {
            throw Malformed.Data(
                Path, $"offset {_body.End - _body.Remaining} or before", $"compressed data up to the trailer at offset {_body.End}",
                "its end", "The file holds a second gzip member, or something was appended.");
        }

        if (_crc32 != _declaredCrc32)
        {
            throw Malformed.Data(
                Path, $"offset {_body.End}", $"CRC-32 {_crc32:x8}, computed from the data", $"{_declaredCrc32:x8} in the gzip trailer",
                "The file is damaged; fetch it again.");
        }
    }

    public override void Observe(ReadOnlySpan<byte> bytes) => _crc32 = Crc32.Append(_crc32, bytes);

    public override void Dispose()
    {
        _inflater.Dispose();
        base.Dispose();
    }

    protected override int Read(Span<byte> destination)
    {
        int count;
        try
        {
            count = _inflater.Read(destination);
        }
        catch (InvalidDataException e)
        {
            throw Malformed.Data(
                Path, $"offset {_body.End - _body.Remaining} or shortly before", "deflate data", "something else",
                "The file is damaged; fetch it again.", e);
        }

        // The framework takes the end of its input for the end of the data.
        if (count == 0 && _body.AskedBeyondEnd)
            throw CutShort(_body.End + TrailerLength, "more compressed data");
        return count;
    }

    private InvalidDataException CutShort(long offset, string expected) =>
        Malformed.Data(Path, $"offset {offset}", expected, "the end of the file", "The file was cut short; fetch it again.");
}
