using System.Buffers.Binary;

namespace NeuralDigits.Tests;

/// <summary>Damages files as accidents and attackers do: bits, bytes, lengths, digits; pieces doubled, lost, cut off, put in from elsewhere.</summary>
internal sealed class Mutator(int seed)
{
    private const int MostChanges = 3;
    private const int LongestPiece = 64;

    private static readonly long[] Numbers = [0, 1, -1, 7, 255, 256, 65536, int.MaxValue, int.MinValue, uint.MaxValue, 1L << 32, long.MaxValue, long.MinValue];

    private static readonly byte[][] Tokens =
    [
        .. new[] { "null", "-", "0", "1e400", "1.5", "99999999999999999999", "\"", "\\ud800", "{", "}", "[", "]", ",", ":", "true", "..", "/", "\n", "\u0000", "NaN" }
            .Select(System.Text.Encoding.UTF8.GetBytes),
        [0xFF],
        [0xC3, 0x28],
    ];

    private readonly Random _random = new(seed);

    /// <summary>A number from 0 to one less than a limit.</summary>
    public int Next(int limit) => _random.Next(limit);

    /// <summary>The bytes with one change or a few.</summary>
    /// <param name="bytes">What to change.</param>
    /// <param name="other">Where pieces may come from.</param>
    public byte[] Mutate(byte[] bytes, byte[] other)
    {
        byte[] changed = bytes;
        for (int left = 1 + Next(MostChanges); left > 0; left--)
            changed = changed.Length == 0 ? other : MutateOnce([.. changed], other);
        return changed;
    }

    private byte[] MutateOnce(byte[] bytes, byte[] other)
    {
        int at = Next(bytes.Length);
        int piece = 1 + Next(Math.Min(LongestPiece, bytes.Length - at));
        switch (Next(9))
        {
            case 0:
                bytes[at] ^= (byte)(1 << Next(8));
                return bytes;
            case 1:
                bytes[at] = (byte)Next(256);
                return bytes;
            case 2:
                return WithNumber(bytes);
            case 3:
                return WithDigit(bytes, at);
            case 4:
                return [.. bytes[..at], .. Tokens[Next(Tokens.Length)], .. bytes[at..]];
            case 5:
                return [.. bytes[..(at + piece)], .. bytes[at..]];
            case 6:
                return [.. bytes[..at], .. bytes[(at + piece)..]];
            case 7:
                return bytes[..at];
            default:
                return [.. bytes[..at], .. other[Math.Min(at, other.Length)..]];
        }
    }

    // Most often where lengths are: at the start.
    private byte[] WithNumber(byte[] bytes)
    {
        Span<byte> number = stackalloc byte[sizeof(long)];
        long value = Next(4) == 0 ? Next(bytes.Length * 2) : Numbers[Next(Numbers.Length)];
        BinaryPrimitives.WriteInt64BigEndian(number, value);
        number = number[^(Next(2) == 0 ? sizeof(int) : sizeof(long))..];
        if (Next(2) == 0)
            number.Reverse();
        int at = Next(2) == 0 ? Next(Math.Min(5, bytes.Length)) * 4 : Next(bytes.Length);
        at = Math.Min(at, bytes.Length);
        number[..Math.Min(number.Length, bytes.Length - at)].CopyTo(bytes.AsSpan(at));
        return bytes;
    }

    private byte[] WithDigit(byte[] bytes, int from)
    {
        int digit = bytes.AsSpan(from).IndexOfAnyInRange((byte)'0', (byte)'9');
        if (digit < 0)
            return bytes;
        bytes[from + digit] = (byte)('0' + Next(10));
        return Next(3) == 0 ? [.. bytes[..(from + digit)], (byte)'9', .. bytes[(from + digit)..]] : bytes;
    }
}
