using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NeuralDigits;

/// <summary>Four columns of four rows, each column a vector: a tile of a matrix that is transposed.</summary>
internal readonly record struct FourColumns(Vector128<float> C0, Vector128<float> C1, Vector128<float> C2, Vector128<float> C3)
{
    /// <summary>The tile whose rows start at four places, in the form for this machine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourColumns Of(ref float row0, ref float row1, ref float row2, ref float row3) =>
        Vector512.IsHardwareAccelerated
            ? Shuffled(ref row0, ref row1, ref row2, ref row3)
            : Gathered(ref row0, ref row1, ref row2, ref row3);

    /// <summary>All sixteen values by one shuffle of AVX-512.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static FourColumns Shuffled(ref float row0, ref float row1, ref float row2, ref float row3)
    {
        Vector256<float> upper = Vector256.Create(Vector128.LoadUnsafe(ref row0), Vector128.LoadUnsafe(ref row1));
        Vector256<float> lower = Vector256.Create(Vector128.LoadUnsafe(ref row2), Vector128.LoadUnsafe(ref row3));
        Vector512<float> columns = Vector512.Shuffle(
            upper.ToVector512Unsafe().WithUpper(lower), Vector512.Create(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15));
        Vector256<float> left = columns.GetLower(), right = columns.GetUpper();
        return new FourColumns(left.GetLower(), left.GetUpper(), right.GetLower(), right.GetUpper());
    }

    /// <summary>The same, value by value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static FourColumns Gathered(ref float row0, ref float row1, ref float row2, ref float row3) => new(
        Column(0, ref row0, ref row1, ref row2, ref row3),
        Column(1, ref row0, ref row1, ref row2, ref row3),
        Column(2, ref row0, ref row1, ref row2, ref row3),
        Column(3, ref row0, ref row1, ref row2, ref row3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Column(int column, ref float row0, ref float row1, ref float row2, ref float row3) => Vector128.Create(
        Unsafe.Add(ref row0, column), Unsafe.Add(ref row1, column), Unsafe.Add(ref row2, column), Unsafe.Add(ref row3, column));
}
