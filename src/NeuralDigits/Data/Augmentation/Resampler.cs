using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NeuralDigits;

/// <summary>
/// Makes an image of pixels that are taken from between those of another, by bilinear interpolation in integers. Outside of it there is paper.
/// </summary>
/// <param name="rows">Pixel rows.</param>
/// <param name="columns">Pixel columns.</param>
internal sealed class Resampler(int rows, int columns)
{
    /// <summary>The binary places of a coordinate: 1 is a 128th of a pixel.</summary>
    public const int FractionBits = 7;

    /// <summary>How many pixels are taken together.</summary>
    public const int Group = 8;

    private const int One = 1 << FractionBits;

    // A column of paper on each side of the ink, in whole vectors: the distance of two rows is a power of two.
    private readonly int _shift = Shift(columns);
    private readonly byte[] _padded = new byte[((rows + 3) << Shift(columns)) + Group];
    private readonly uint[] _fours = new uint[(rows + 2) << Shift(columns)];

    // Groups of a row may reach beyond its end: the next row is written after it.
    private readonly byte[] _result = new byte[(rows * columns) + Group];

    private int _top;
    private int _left;
    private int _bottom;
    private int _right;

    /// <summary>Takes an image to take pixels from.</summary>
    /// <param name="image">[rows, columns], row-major.</param>
    /// <param name="target">What is to come out; it is made empty if the image is.</param>
    /// <returns>Whether there is anything on it.</returns>
    [MethodImpl(HotPath.Code)]
    public bool Open(ReadOnlySpan<byte> image, Span<byte> target)
    {
        InkBox ink = InkBox.Of(image, columns);
        if (ink.Rows == 0)
        {
            target.Clear();
            return false;
        }

        // From one pixel of paper to another, beyond which there is nothing.
        (_top, _left, _bottom, _right) = (ink.Top - 1, ink.Left - 1, ink.Top + ink.Rows, ink.Left + ink.Columns);
        Array.Clear(_padded);
        for (int row = 0; row < ink.Rows; row++)
            image.Slice(((ink.Top + row) * columns) + ink.Left, ink.Columns).CopyTo(_padded.AsSpan(((row + 1) << _shift) + 1));
        for (int row = 0; row <= ink.Rows; row++)
        {
            for (int column = 0; column <= ink.Columns; column += Group)
                CollectFours((row << _shift) + column);
        }

        return true;
    }

    /// <summary>Makes a group of pixels. Those of a row are made from left to right, rows from top to bottom.</summary>
    /// <param name="row">Their row.</param>
    /// <param name="column">The column of the first.</param>
    /// <param name="x">Where each is taken from, across, in 128ths of a pixel.</param>
    /// <param name="y">The same, down.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take(int row, int column, Vector256<int> x, Vector256<int> y)
    {
        ulong pixels = 0;
        Vector256<int> inside = Vector256.GreaterThan(x, Vector256.Create(_left * One)) & Vector256.LessThan(x, Vector256.Create(_right * One))
            & Vector256.GreaterThan(y, Vector256.Create(_top * One)) & Vector256.LessThan(y, Vector256.Create(_bottom * One));
        if (inside != Vector256<int>.Zero)
            pixels = Interpolate(x, y, inside);
        Unsafe.WriteUnaligned(ref _result[(row * columns) + column], pixels);
    }

    /// <summary>Gives the image that was made.</summary>
    public void CopyTo(Span<byte> target) => _result.AsSpan(0, rows * columns).CopyTo(target);

    private static int Shift(int columns) => BitOperations.Log2((uint)Math.Max(columns + 1, Group - 1)) + 1;

    // Of a pixel, those to its right, below, and below to the right.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void CollectFours(int start)
    {
        Vector256<uint> four = Pixels(start)
            | (Pixels(start + 1) << 8)
            | (Pixels(start + (1 << _shift)) << 16)
            | (Pixels(start + (1 << _shift) + 1) << 24);
        four.CopyTo(_fours, start);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<uint> Pixels(int start)
    {
        Vector128<ushort> wide = Vector128.WidenLower(Vector128.CreateScalar(Unsafe.ReadUnaligned<ulong>(ref _padded[start])).AsByte());
        return Vector256.Create(Vector128.WidenLower(wide), Vector128.WidenUpper(wide));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong Interpolate(Vector256<int> x, Vector256<int> y, Vector256<int> inside)
    {
        // What is outside reads the first pixel, and nothing of it is kept.
        Vector256<int> column = ((x >> FractionBits) - Vector256.Create(_left)) & inside, row = ((y >> FractionBits) - Vector256.Create(_top)) & inside;
        Vector256<uint> fours = FoursAt((row << _shift) + column) & inside.AsUInt32();
        Vector256<uint> right = (x & Vector256.Create(One - 1)).AsUInt32(), below = (y & Vector256.Create(One - 1)).AsUInt32();

        // Two pixels in each 32 bits, an upper and a lower one: between left and right first, for both at once.
        var pairs = Vector256.Create(0x00FF00FFu);
        Vector256<uint> across = ((fours & pairs) * (Vector256.Create((uint)One) - right)) + (((fours >> 8) & pairs) * right);
        Vector256<uint> upper = across & Vector256.Create(0xFFFFu), lower = across >> 16;
        Vector256<uint> pixels = ((upper * (Vector256.Create((uint)One) - below)) + (lower * below) + Vector256.Create(One * One / 2u)) >> (2 * FractionBits);
        Vector128<ushort> narrow = Vector128.Narrow(pixels.GetLower(), pixels.GetUpper());
        return Vector128.Narrow(narrow, narrow).AsUInt64().ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<uint> FoursAt(Vector256<int> places)
    {
        ref uint fours = ref MemoryMarshal.GetArrayDataReference(_fours);
        return Vector256.Create(
            Unsafe.Add(ref fours, places[0]), Unsafe.Add(ref fours, places[1]), Unsafe.Add(ref fours, places[2]), Unsafe.Add(ref fours, places[3]),
            Unsafe.Add(ref fours, places[4]), Unsafe.Add(ref fours, places[5]), Unsafe.Add(ref fours, places[6]), Unsafe.Add(ref fours, places[7]));
    }
}
