using System.Buffers.Binary;
using System.Globalization;

namespace NeuralDigits;

/// <summary>A dimension as a reader expects it.</summary>
/// <param name="Name">What is counted, such as <c>pixel rows</c>.</param>
/// <param name="Length">The only length accepted, or <see langword="null"/> for any.</param>
/// <param name="Advice">What to suspect when the length is another.</param>
internal sealed record IdxDimension(string Name, int? Length = null, string Advice = "");

/// <summary>
/// The header of an IDX file: two zero bytes, the type code, the number of dimensions, then each dimension as a big-endian 32-bit number.
/// </summary>
/// <param name="Bytes">The header as it is in the file.</param>
/// <param name="Dimensions">The lengths of the dimensions, each from 1 to 2^31 - 1.</param>
/// <param name="PayloadLength">The product of the dimensions, which fits an array.</param>
internal sealed record IdxHeader(byte[] Bytes, int[] Dimensions, int PayloadLength)
{
    private const int MagicLength = 4;
    private const int DimensionLength = 4;
    private const byte UnsignedByte = 0x08;

    /// <summary>Reads and checks a header.</summary>
    /// <exception cref="InvalidDataException">The header is malformed or not the one expected.</exception>
    public static IdxHeader Read(ByteSource source, IReadOnlyList<IdxDimension> expected)
    {
        byte[] bytes = new byte[MagicLength + DimensionLength * expected.Count];
        int available = source.ReadUpTo(bytes);
        CheckMagic(source, bytes.AsSpan(0, available), expected.Count);

        int[] lengths = new int[expected.Count];
        long product = 1;
        for (int i = 0; i < lengths.Length; i++)
        {
            int offset = MagicLength + DimensionLength * i;
            if (available < offset + DimensionLength)
                throw Malformed.Data(source.Path, source.Place(available), $"the rest of a header of {bytes.Length} bytes", "the end");

            lengths[i] = CheckLength(source, offset, BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(offset)), expected[i]);
            product *= lengths[i];
            if (product > Array.MaxLength)
            {
                throw Malformed.Data(
                    source.Path, source.Place(offset), $"dimensions whose product is at most {Array.MaxLength}",
                    string.Join(" x ", lengths[..(i + 1)].Select(length => length.ToString(CultureInfo.InvariantCulture))));
            }
        }

        return new IdxHeader(bytes, lengths, (int)product);
    }

    /// <summary>The header of a file of unsigned bytes.</summary>
    public static byte[] Write(params ReadOnlySpan<int> dimensions)
    {
        byte[] bytes = new byte[MagicLength + DimensionLength * dimensions.Length];
        bytes[2] = UnsignedByte;
        bytes[3] = (byte)dimensions.Length;
        for (int i = 0; i < dimensions.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(MagicLength + DimensionLength * i), dimensions[i]);
        return bytes;
    }

    private static void CheckMagic(ByteSource source, ReadOnlySpan<byte> start, int dimensionCount)
    {
        if (start.IsEmpty)
            throw Malformed.Data(source.Path, source.Place(0), "an IDX header", "nothing: the file is empty");
        if (start is not [0, 0, ..] and not [0])
        {
            throw Malformed.Data(
                source.Path, source.Place(0), "an IDX header, which starts with two zero bytes", Hex(start), Foreign(source, start));
        }

        if (start.Length < MagicLength)
            throw Malformed.Data(source.Path, source.Place(start.Length), $"an IDX header of at least {MagicLength} bytes", "the end");
        if (start[2] != UnsignedByte)
            throw Malformed.Data(source.Path, source.Place(2), "type code 0x08 (unsigned byte)", $"0x{start[2]:X2} ({TypeName(start[2])})");
        if (start[3] != dimensionCount)
        {
            throw Malformed.Data(
                source.Path, source.Place(3), $"{dimensionCount} as number of dimensions ({Content(dimensionCount)})",
                $"{start[3]} ({Content(start[3])})", start[3] is 1 or 3 ? "Were the image file and the label file swapped?" : "");
        }
    }

    private static int CheckLength(ByteSource source, int offset, uint length, IdxDimension expected)
    {
        if (length is 0 or > int.MaxValue)
            throw Malformed.Data(source.Path, source.Place(offset), $"1 to {int.MaxValue} {expected.Name}", $"{length}");
        if (expected.Length is int only && only != length)
            throw Malformed.Data(source.Path, source.Place(offset), $"{only} {expected.Name}", $"{length}", expected.Advice);
        return (int)length;
    }

    /// <summary>Names what is often found in the place of an IDX file.</summary>
    private static string Foreign(ByteSource source, ReadOnlySpan<byte> start)
    {
        if (start is [_, >= 0x08 and <= 0x0E, 0, 0, ..])
            return "The header is little-endian; IDX numbers are big-endian.";
        if (start is [(byte)'<', ..])
            return "This is an HTML or XML page, saved in place of the data; fetch it again.";
        if (start is [(byte)'P', (byte)'K', 3, 4, ..])
            return "This is a zip archive; unpack it first.";

        Span<byte> more = stackalloc byte[32];
        start.CopyTo(more);
        source.ReadUpTo(more[start.Length..]);
        return more.StartsWith("version https://git-lfs"u8)
            ? "This is a Git LFS pointer, not the data; run 'git lfs pull'."
            : "This is not an IDX file.";
    }

    private static string Hex(ReadOnlySpan<byte> start) => Convert.ToHexString(start[..Math.Min(start.Length, MagicLength)]);

    private static string Content(int dimensionCount) => dimensionCount switch
    {
        1 => "labels",
        3 => "images",
        _ => "neither images nor labels",
    };

    private static string TypeName(byte code) => code switch
    {
        0x09 => "signed byte",
        0x0B => "16-bit integer",
        0x0C => "32-bit integer",
        0x0D => "32-bit floating point",
        0x0E => "64-bit floating point",
        _ => "no IDX type",
    };
}
