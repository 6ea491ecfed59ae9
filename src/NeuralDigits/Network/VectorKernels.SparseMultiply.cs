using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NeuralDigits;

/// <summary>The kernel that takes rows without their zeros through a panel of weights.</summary>
internal sealed partial class VectorKernels<TLanes, TVector>
{
    [MethodImpl(HotPath.Code)]
    public override void MultiplySparse(Strided panel, int columns, ReadOnlySpan<SparseRows> rows, Strided biases, Strided sums)
    {
        foreach (SparseRows some in rows)
        {
            if (some.Pixels is { AreFeatures: true } features)
                Multiply<SparseFeatures<ushort>, float>(panel, columns, features.Features, some, biases, sums);
            else if (some.Pixels is { } pixels)
                Multiply<SparsePixels, byte>(panel, columns, pixels.List, some, biases, sums);
            else
                Multiply<SparseFeatures<int>, float>(panel, columns, some.Features, some, biases, sums);
            sums = sums.FromRow(some.RowCount);
        }
    }

    [MethodImpl(HotPath.Code)]
    private static void Multiply<TList, TValue>(Strided panel, int columns, TList list, SparseRows rows, Strided biases, Strided sums)
        where TList : struct, ISparseList<TList, TValue>, allows ref struct
        where TValue : struct
    {
        int column = 0;
        for (; columns - column >= 4 * TLanes.Count; column += 4 * TLanes.Count)
            Multiply<TList, TValue, Four>(panel.FromColumn(column), list, rows, biases.FromColumn(column), sums.FromColumn(column));
        for (; columns - column >= 2 * TLanes.Count; column += 2 * TLanes.Count)
            Multiply<TList, TValue, Two>(panel.FromColumn(column), list, rows, biases.FromColumn(column), sums.FromColumn(column));
        for (; columns > column; column += TLanes.Count)
            Multiply<TList, TValue, One>(panel.FromColumn(column), list, rows, biases.FromColumn(column), sums.FromColumn(column));
    }

    [MethodImpl(HotPath.Code)]
    private static void Multiply<TList, TValue, TVectors>(Strided panel, TList list, SparseRows rows, Strided biases, Strided sums)
        where TList : struct, ISparseList<TList, TValue>, allows ref struct
        where TValue : struct
        where TVectors : struct, IExtent
    {
        switch (rows.RowCount)
        {
            case 1: Multiply<TList, TValue, One, TVectors>(panel, list, rows.Count, biases, sums); break;
            case 2: Multiply<TList, TValue, Two, TVectors>(panel, list, rows.Count, biases, sums); break;
            case 3: Multiply<TList, TValue, Three, TVectors>(panel, list, rows.Count, biases, sums); break;
            case 4: Multiply<TList, TValue, Four, TVectors>(panel, list, rows.Count, biases, sums); break;
            default: Multiply<TList, TValue, Five, TVectors>(panel, list, rows.Count, biases, sums); break;
        }
    }

    /// <summary>z_sj = b_j + Σ_k x_sk w_kj for up to five rows s.</summary>
    [MethodImpl(HotPath.Kernel)]
    private static void Multiply<TList, TValue, TRows, TVectors>(Strided panel, TList list, nint count, Strided biases, Strided sums)
        where TList : struct, ISparseList<TList, TValue>, allows ref struct
        where TValue : struct
        where TRows : struct, IExtent
        where TVectors : struct, IExtent
    {
        Debug.Assert(count >= 0);

        // Counted from the end: so the step to the next position is the comparison as well.
        list = list.From(count);
        ref float weights = ref panel.At(0, 0);
        nint step = panel.RowStep;
        ref TValue x0Values = ref list.Row(0 < TRows.Value ? 0 : 0);
        ref TValue x1Values = ref list.Row(1 < TRows.Value ? 1 : 0);
        ref TValue x2Values = ref list.Row(2 < TRows.Value ? 2 : 0);
        ref TValue x3Values = ref list.Row(3 < TRows.Value ? 3 : 0);
        ref TValue x4Values = ref list.Row(4 < TRows.Value ? 4 : 0);
        TVector z00 = Load<TRows, TVectors>(biases, 0, 0), z01 = Load<TRows, TVectors>(biases, 0, 1), z02 = Load<TRows, TVectors>(biases, 0, 2), z03 = Load<TRows, TVectors>(biases, 0, 3);
        TVector z10 = Load<TRows, TVectors>(biases, 1, 0), z11 = Load<TRows, TVectors>(biases, 1, 1), z12 = Load<TRows, TVectors>(biases, 1, 2), z13 = Load<TRows, TVectors>(biases, 1, 3);
        TVector z20 = Load<TRows, TVectors>(biases, 2, 0), z21 = Load<TRows, TVectors>(biases, 2, 1), z22 = Load<TRows, TVectors>(biases, 2, 2), z23 = Load<TRows, TVectors>(biases, 2, 3);
        TVector z30 = Load<TRows, TVectors>(biases, 3, 0), z31 = Load<TRows, TVectors>(biases, 3, 1), z32 = Load<TRows, TVectors>(biases, 3, 2), z33 = Load<TRows, TVectors>(biases, 3, 3);
        TVector z40 = Load<TRows, TVectors>(biases, 4, 0), z41 = Load<TRows, TVectors>(biases, 4, 1), z42 = Load<TRows, TVectors>(biases, 4, 2), z43 = Load<TRows, TVectors>(biases, 4, 3);

        for (nint k = -count; k != 0; k++)
        {
            nint row = list.Index(k) * step;
            TVector w0 = Load<TVectors>(ref weights, row, 0), w1 = Load<TVectors>(ref weights, row, 1), w2 = Load<TVectors>(ref weights, row, 2), w3 = Load<TVectors>(ref weights, row, 3);

            TVector x0 = Broadcast<TList, TValue, TRows>(list, ref x0Values, k, 0);
            z00 = Add<TRows, TVectors>(z00, x0, w0, 0, 0);
            z01 = Add<TRows, TVectors>(z01, x0, w1, 0, 1);
            z02 = Add<TRows, TVectors>(z02, x0, w2, 0, 2);
            z03 = Add<TRows, TVectors>(z03, x0, w3, 0, 3);

            TVector x1 = Broadcast<TList, TValue, TRows>(list, ref x1Values, k, 1);
            z10 = Add<TRows, TVectors>(z10, x1, w0, 1, 0);
            z11 = Add<TRows, TVectors>(z11, x1, w1, 1, 1);
            z12 = Add<TRows, TVectors>(z12, x1, w2, 1, 2);
            z13 = Add<TRows, TVectors>(z13, x1, w3, 1, 3);

            TVector x2 = Broadcast<TList, TValue, TRows>(list, ref x2Values, k, 2);
            z20 = Add<TRows, TVectors>(z20, x2, w0, 2, 0);
            z21 = Add<TRows, TVectors>(z21, x2, w1, 2, 1);
            z22 = Add<TRows, TVectors>(z22, x2, w2, 2, 2);
            z23 = Add<TRows, TVectors>(z23, x2, w3, 2, 3);

            TVector x3 = Broadcast<TList, TValue, TRows>(list, ref x3Values, k, 3);
            z30 = Add<TRows, TVectors>(z30, x3, w0, 3, 0);
            z31 = Add<TRows, TVectors>(z31, x3, w1, 3, 1);
            z32 = Add<TRows, TVectors>(z32, x3, w2, 3, 2);
            z33 = Add<TRows, TVectors>(z33, x3, w3, 3, 3);

            TVector x4 = Broadcast<TList, TValue, TRows>(list, ref x4Values, k, 4);
            z40 = Add<TRows, TVectors>(z40, x4, w0, 4, 0);
            z41 = Add<TRows, TVectors>(z41, x4, w1, 4, 1);
            z42 = Add<TRows, TVectors>(z42, x4, w2, 4, 2);
            z43 = Add<TRows, TVectors>(z43, x4, w3, 4, 3);
        }

        Store<TRows, TVectors>(z00, sums, 0, 0);
        Store<TRows, TVectors>(z01, sums, 0, 1);
        Store<TRows, TVectors>(z02, sums, 0, 2);
        Store<TRows, TVectors>(z03, sums, 0, 3);
        Store<TRows, TVectors>(z10, sums, 1, 0);
        Store<TRows, TVectors>(z11, sums, 1, 1);
        Store<TRows, TVectors>(z12, sums, 1, 2);
        Store<TRows, TVectors>(z13, sums, 1, 3);
        Store<TRows, TVectors>(z20, sums, 2, 0);
        Store<TRows, TVectors>(z21, sums, 2, 1);
        Store<TRows, TVectors>(z22, sums, 2, 2);
        Store<TRows, TVectors>(z23, sums, 2, 3);
        Store<TRows, TVectors>(z30, sums, 3, 0);
        Store<TRows, TVectors>(z31, sums, 3, 1);
        Store<TRows, TVectors>(z32, sums, 3, 2);
        Store<TRows, TVectors>(z33, sums, 3, 3);
        Store<TRows, TVectors>(z40, sums, 4, 0);
        Store<TRows, TVectors>(z41, sums, 4, 1);
        Store<TRows, TVectors>(z42, sums, 4, 2);
        Store<TRows, TVectors>(z43, sums, 4, 3);
    }
}
