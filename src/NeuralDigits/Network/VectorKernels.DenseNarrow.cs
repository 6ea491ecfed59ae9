using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NeuralDigits;

/// <summary>
/// The kernel for a matrix, or what is left of one, that is a single vector wide, as that of ten outputs with AVX-512, or the last of a
/// hundred examples with AVX2: more rows at a time, to have as many sums.
/// </summary>
internal sealed partial class VectorKernels<TLanes, TVector>
{
    [MethodImpl(HotPath.Code)]
    private static void NarrowColumn(Strided a, Strided b, Strided start, Strided c, int rows, int inner)
    {
        int row = 0;
        for (; rows - row >= 12; row += 12)
            NarrowTile<Twelve>(a.FromRow(row), b, start.FromRow(row), c.FromRow(row), inner);
        if (rows > row)
            NarrowRest(rows - row, a.FromRow(row), b, start.FromRow(row), c.FromRow(row), inner);
    }

    // One tile for all that is left: a smaller one would take as long, since each of its sums waits for itself.
    [MethodImpl(HotPath.Code)]
    private static void NarrowRest(int rows, Strided a, Strided b, Strided start, Strided c, int inner)
    {
        switch (rows)
        {
            case 1: NarrowTile<One>(a, b, start, c, inner); break;
            case 2: NarrowTile<Two>(a, b, start, c, inner); break;
            case 3: NarrowTile<Three>(a, b, start, c, inner); break;
            case 4: NarrowTile<Four>(a, b, start, c, inner); break;
            case 5: NarrowTile<Five>(a, b, start, c, inner); break;
            case 6: NarrowTile<Six>(a, b, start, c, inner); break;
            case 7: NarrowTile<Seven>(a, b, start, c, inner); break;
            case 8: NarrowTile<Eight>(a, b, start, c, inner); break;
            case 9: NarrowTile<Nine>(a, b, start, c, inner); break;
            case 10: NarrowTile<Ten>(a, b, start, c, inner); break;
            default: NarrowTile<Eleven>(a, b, start, c, inner); break;
        }
    }

    [MethodImpl(HotPath.Kernel)]
    private static void NarrowTile<TRows>(Strided a, Strided b, Strided start, Strided c, int inner)
        where TRows : struct, IExtent
    {
        TVector c0 = Load<TRows, One>(start, 0, 0), c1 = Load<TRows, One>(start, 1, 0), c2 = Load<TRows, One>(start, 2, 0);
        TVector c3 = Load<TRows, One>(start, 3, 0), c4 = Load<TRows, One>(start, 4, 0), c5 = Load<TRows, One>(start, 5, 0);
        TVector c6 = Load<TRows, One>(start, 6, 0), c7 = Load<TRows, One>(start, 7, 0), c8 = Load<TRows, One>(start, 8, 0);
        TVector c9 = Load<TRows, One>(start, 9, 0), c10 = Load<TRows, One>(start, 10, 0), c11 = Load<TRows, One>(start, 11, 0);

        Debug.Assert(inner >= 0);

        // One address reaches three rows; two steps serve all of them.
        nint rowStep = a.RowStep, columnStep = a.ColumnStep, bStep = b.RowStep;
        ref float a0 = ref a.At(0, 0);
        ref float a3 = ref a.At(TRows.Value > 3 ? 3 : 0, 0);
        ref float a6 = ref a.At(TRows.Value > 6 ? 6 : 0, 0);
        ref float a9 = ref a.At(TRows.Value > 9 ? 9 : 0, 0);
        ref float bRow = ref b.At(0, 0);
        for (int left = inner; left != 0; left--)
        {
            TVector b0 = TLanes.Load(ref bRow);
            c0 = AddRow<TRows>(c0, b0, ref a0, 0, 0);
            c1 = AddRow<TRows>(c1, b0, ref a0, 1, rowStep);
            c2 = AddRow<TRows>(c2, b0, ref a0, 2, 2 * rowStep);
            c3 = AddRow<TRows>(c3, b0, ref a3, 3, 0);
            c4 = AddRow<TRows>(c4, b0, ref a3, 4, rowStep);
            c5 = AddRow<TRows>(c5, b0, ref a3, 5, 2 * rowStep);
            c6 = AddRow<TRows>(c6, b0, ref a6, 6, 0);
            c7 = AddRow<TRows>(c7, b0, ref a6, 7, rowStep);
            c8 = AddRow<TRows>(c8, b0, ref a6, 8, 2 * rowStep);
            c9 = AddRow<TRows>(c9, b0, ref a9, 9, 0);
            c10 = AddRow<TRows>(c10, b0, ref a9, 10, rowStep);
            c11 = AddRow<TRows>(c11, b0, ref a9, 11, 2 * rowStep);

            a0 = ref Unsafe.Add(ref a0, columnStep);
            if (TRows.Value > 3)
                a3 = ref Unsafe.Add(ref a3, columnStep);
            if (TRows.Value > 6)
                a6 = ref Unsafe.Add(ref a6, columnStep);
            if (TRows.Value > 9)
                a9 = ref Unsafe.Add(ref a9, columnStep);
            bRow = ref Unsafe.Add(ref bRow, bStep);
        }

        Store<TRows, One>(c0, c, 0, 0);
        Store<TRows, One>(c1, c, 1, 0);
        Store<TRows, One>(c2, c, 2, 0);
        Store<TRows, One>(c3, c, 3, 0);
        Store<TRows, One>(c4, c, 4, 0);
        Store<TRows, One>(c5, c, 5, 0);
        Store<TRows, One>(c6, c, 6, 0);
        Store<TRows, One>(c7, c, 7, 0);
        Store<TRows, One>(c8, c, 8, 0);
        Store<TRows, One>(c9, c, 9, 0);
        Store<TRows, One>(c10, c, 10, 0);
        Store<TRows, One>(c11, c, 11, 0);
    }

    // The value is used once: so it may be an operand of the multiply-add, which with AVX-512 reads and spreads it by itself.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector AddRow<TRows>(TVector sum, TVector b, ref float a, int row, nint place)
        where TRows : struct, IExtent => row < TRows.Value ? TLanes.MultiplyAdd(b, TLanes.Broadcast(Unsafe.Add(ref a, place)), sum) : sum;
}
