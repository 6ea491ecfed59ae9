using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NeuralDigits;

/// <summary>
/// The kernels for rows without their zeros: what is zero costs nothing, any other input one multiply-add for each vector of
/// neurons. First the one that updates.
/// </summary>
internal sealed partial class VectorKernels<TLanes, TVector>
{
    [MethodImpl(HotPath.Code)]
    public override void UpdateSparse(Strided panel, int columns, ReadOnlySpan<SparseRows> rows, Strided changes)
    {
        foreach (SparseRows some in rows)
        {
            if (some.Pixels is { AreFeatures: true } features)
                Update<SparseFeatures<ushort>, float>(panel, columns, features.Features, some, changes);
            else if (some.Pixels is { } pixels)
                Update<SparsePixels, byte>(panel, columns, pixels.List, some, changes);
            else
                Update<SparseFeatures<int>, float>(panel, columns, some.Features, some, changes);
            changes = changes.FromRow(some.RowCount);
        }
    }

    [MethodImpl(HotPath.Code)]
    private static void Update<TList, TValue>(Strided panel, int columns, TList list, SparseRows rows, Strided changes)
        where TList : struct, ISparseList<TList, TValue>, allows ref struct
        where TValue : struct
    {
        int column = 0;
        for (; columns - column >= 4 * TLanes.Count; column += 4 * TLanes.Count)
            Update<TList, TValue, Four>(panel.FromColumn(column), list, rows, changes.FromColumn(column));
        for (; columns - column >= 2 * TLanes.Count; column += 2 * TLanes.Count)
            Update<TList, TValue, Two>(panel.FromColumn(column), list, rows, changes.FromColumn(column));
        for (; columns > column; column += TLanes.Count)
            Update<TList, TValue, One>(panel.FromColumn(column), list, rows, changes.FromColumn(column));
    }

    [MethodImpl(HotPath.Code)]
    private static void Update<TList, TValue, TVectors>(Strided panel, TList list, SparseRows rows, Strided changes)
        where TList : struct, ISparseList<TList, TValue>, allows ref struct
        where TValue : struct
        where TVectors : struct, IExtent
    {
        switch (rows.RowCount)
        {
            case 1: Update<TList, TValue, One, TVectors>(panel, list, rows.Count, changes); break;
            case 2: Update<TList, TValue, Two, TVectors>(panel, list, rows.Count, changes); break;
            case 3: Update<TList, TValue, Three, TVectors>(panel, list, rows.Count, changes); break;
            case 4: Update<TList, TValue, Four, TVectors>(panel, list, rows.Count, changes); break;
            default: Update<TList, TValue, Five, TVectors>(panel, list, rows.Count, changes); break;
        }
    }

    /// <summary>w_kj += Σ_s x_sk d_sj over up to five rows s, for all their inputs k.</summary>
    [MethodImpl(HotPath.Kernel)]
    private static void Update<TList, TValue, TRows, TVectors>(Strided panel, TList list, nint count, Strided changes)
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
        TVector d00 = Load<TRows, TVectors>(changes, 0, 0), d01 = Load<TRows, TVectors>(changes, 0, 1), d02 = Load<TRows, TVectors>(changes, 0, 2), d03 = Load<TRows, TVectors>(changes, 0, 3);
        TVector d10 = Load<TRows, TVectors>(changes, 1, 0), d11 = Load<TRows, TVectors>(changes, 1, 1), d12 = Load<TRows, TVectors>(changes, 1, 2), d13 = Load<TRows, TVectors>(changes, 1, 3);
        TVector d20 = Load<TRows, TVectors>(changes, 2, 0), d21 = Load<TRows, TVectors>(changes, 2, 1), d22 = Load<TRows, TVectors>(changes, 2, 2), d23 = Load<TRows, TVectors>(changes, 2, 3);
        TVector d30 = Load<TRows, TVectors>(changes, 3, 0), d31 = Load<TRows, TVectors>(changes, 3, 1), d32 = Load<TRows, TVectors>(changes, 3, 2), d33 = Load<TRows, TVectors>(changes, 3, 3);
        TVector d40 = Load<TRows, TVectors>(changes, 4, 0), d41 = Load<TRows, TVectors>(changes, 4, 1), d42 = Load<TRows, TVectors>(changes, 4, 2), d43 = Load<TRows, TVectors>(changes, 4, 3);

        for (nint k = -count; k != 0; k++)
        {
            nint row = list.Index(k) * step;
            TVector w0 = Load<TVectors>(ref weights, row, 0), w1 = Load<TVectors>(ref weights, row, 1), w2 = Load<TVectors>(ref weights, row, 2), w3 = Load<TVectors>(ref weights, row, 3);

            TVector x0 = Broadcast<TList, TValue, TRows>(list, ref x0Values, k, 0);
            w0 = Add<TRows, TVectors>(w0, x0, d00, 0, 0);
            w1 = Add<TRows, TVectors>(w1, x0, d01, 0, 1);
            w2 = Add<TRows, TVectors>(w2, x0, d02, 0, 2);
            w3 = Add<TRows, TVectors>(w3, x0, d03, 0, 3);

            TVector x1 = Broadcast<TList, TValue, TRows>(list, ref x1Values, k, 1);
            w0 = Add<TRows, TVectors>(w0, x1, d10, 1, 0);
            w1 = Add<TRows, TVectors>(w1, x1, d11, 1, 1);
            w2 = Add<TRows, TVectors>(w2, x1, d12, 1, 2);
            w3 = Add<TRows, TVectors>(w3, x1, d13, 1, 3);

            TVector x2 = Broadcast<TList, TValue, TRows>(list, ref x2Values, k, 2);
            w0 = Add<TRows, TVectors>(w0, x2, d20, 2, 0);
            w1 = Add<TRows, TVectors>(w1, x2, d21, 2, 1);
            w2 = Add<TRows, TVectors>(w2, x2, d22, 2, 2);
            w3 = Add<TRows, TVectors>(w3, x2, d23, 2, 3);

            TVector x3 = Broadcast<TList, TValue, TRows>(list, ref x3Values, k, 3);
            w0 = Add<TRows, TVectors>(w0, x3, d30, 3, 0);
            w1 = Add<TRows, TVectors>(w1, x3, d31, 3, 1);
            w2 = Add<TRows, TVectors>(w2, x3, d32, 3, 2);
            w3 = Add<TRows, TVectors>(w3, x3, d33, 3, 3);

            TVector x4 = Broadcast<TList, TValue, TRows>(list, ref x4Values, k, 4);
            w0 = Add<TRows, TVectors>(w0, x4, d40, 4, 0);
            w1 = Add<TRows, TVectors>(w1, x4, d41, 4, 1);
            w2 = Add<TRows, TVectors>(w2, x4, d42, 4, 2);
            w3 = Add<TRows, TVectors>(w3, x4, d43, 4, 3);

            Store<TVectors>(w0, ref weights, row, 0);
            Store<TVectors>(w1, ref weights, row, 1);
            Store<TVectors>(w2, ref weights, row, 2);
            Store<TVectors>(w3, ref weights, row, 3);
        }
    }

    // The value of an input in one row, in every lane.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Broadcast<TList, TValue, TRows>(TList list, ref TValue values, nint position, int row)
        where TList : struct, ISparseList<TList, TValue>, allows ref struct
        where TValue : struct
        where TRows : struct, IExtent => row < TRows.Value ? TLanes.Broadcast(list.Feature(Unsafe.Add(ref values, position))) : default;
}
