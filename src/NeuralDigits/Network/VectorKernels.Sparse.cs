using System.Runtime.CompilerServices;

namespace NeuralDigits;

/// <summary>The kernels for rows without their zeros: what is zero costs nothing, any other input one multiply-add for each vector of neurons.</summary>
internal sealed partial class VectorKernels<TLanes, TVector>
{
    [MethodImpl(HotPath.Code)]
    public override void UpdateSparse(Strided panel, int columns, ReadOnlySpan<SparseRows> rows, Strided changes)
    {
        foreach (SparseRows some in rows)
        {
            if (some.Pixels is { } pixels)
                Update(panel, columns, pixels.List, some, changes);
            else
                Update(panel, columns, some.Features, some, changes);
            changes = changes.FromRow(some.RowCount);
        }
    }

    [MethodImpl(HotPath.Code)]
    public override void MultiplySparse(Strided panel, int columns, ReadOnlySpan<SparseRows> rows, Strided biases, Strided sums)
    {
        foreach (SparseRows some in rows)
        {
            if (some.Pixels is { } pixels)
                Multiply(panel, columns, pixels.List, some, biases, sums);
            else
                Multiply(panel, columns, some.Features, some, biases, sums);
            sums = sums.FromRow(some.RowCount);
        }
    }

    [MethodImpl(HotPath.Code)]
    private static void Update<TList>(Strided panel, int columns, TList list, SparseRows rows, Strided changes)
        where TList : struct, ISparseList, allows ref struct
    {
        int column = 0;
        for (; columns - column >= 4 * TLanes.Count; column += 4 * TLanes.Count)
            Update<TList, Four>(panel.FromColumn(column), list, rows, changes.FromColumn(column));
        for (; columns - column >= 2 * TLanes.Count; column += 2 * TLanes.Count)
            Update<TList, Two>(panel.FromColumn(column), list, rows, changes.FromColumn(column));
        for (; columns > column; column += TLanes.Count)
            Update<TList, One>(panel.FromColumn(column), list, rows, changes.FromColumn(column));
    }

    [MethodImpl(HotPath.Code)]
    private static void Multiply<TList>(Strided panel, int columns, TList list, SparseRows rows, Strided biases, Strided sums)
        where TList : struct, ISparseList, allows ref struct
    {
        int column = 0;
        for (; columns - column >= 4 * TLanes.Count; column += 4 * TLanes.Count)
            Multiply<TList, Four>(panel.FromColumn(column), list, rows, biases.FromColumn(column), sums.FromColumn(column));
        for (; columns - column >= 2 * TLanes.Count; column += 2 * TLanes.Count)
            Multiply<TList, Two>(panel.FromColumn(column), list, rows, biases.FromColumn(column), sums.FromColumn(column));
        for (; columns > column; column += TLanes.Count)
            Multiply<TList, One>(panel.FromColumn(column), list, rows, biases.FromColumn(column), sums.FromColumn(column));
    }

    private static void Update<TList, TVectors>(Strided panel, TList list, SparseRows rows, Strided changes)
        where TList : struct, ISparseList, allows ref struct
        where TVectors : struct, IExtent
    {
        if (rows.HasSecond)
            Update<TList, Two, TVectors>(panel, list, rows.Count, changes);
        else
            Update<TList, One, TVectors>(panel, list, rows.Count, changes);
    }

    private static void Multiply<TList, TVectors>(Strided panel, TList list, SparseRows rows, Strided biases, Strided sums)
        where TList : struct, ISparseList, allows ref struct
        where TVectors : struct, IExtent
    {
        if (rows.HasSecond)
            Multiply<TList, Two, TVectors>(panel, list, rows.Count, biases, sums);
        else
            Multiply<TList, One, TVectors>(panel, list, rows.Count, biases, sums);
    }

    /// <summary>w_kj += Σ_s x_sk d_sj over one or two rows s, for all their inputs k.</summary>
    [MethodImpl(HotPath.Kernel)]
    private static void Update<TList, TRows, TVectors>(Strided panel, TList list, nint count, Strided changes)
        where TList : struct, ISparseList, allows ref struct
        where TRows : struct, IExtent
        where TVectors : struct, IExtent
    {
        ref float weights = ref panel.At(0, 0);
        nint step = panel.RowStep;
        TVector d00 = Load<TRows, TVectors>(changes, 0, 0);
        TVector d01 = Load<TRows, TVectors>(changes, 0, 1);
        TVector d02 = Load<TRows, TVectors>(changes, 0, 2);
        TVector d03 = Load<TRows, TVectors>(changes, 0, 3);
        TVector d10 = Load<TRows, TVectors>(changes, 1, 0);
        TVector d11 = Load<TRows, TVectors>(changes, 1, 1);
        TVector d12 = Load<TRows, TVectors>(changes, 1, 2);
        TVector d13 = Load<TRows, TVectors>(changes, 1, 3);

        for (nint k = 0; k < count; k++)
        {
            ref float row = ref Unsafe.Add(ref weights, list.Index(k) * step);
            TVector x0 = TLanes.Broadcast(list.First(k));
            TVector w0 = Add<TRows, TVectors>(Load<TVectors>(ref row, 0), x0, d00, 0, 0);
            TVector w1 = Add<TRows, TVectors>(Load<TVectors>(ref row, 1), x0, d01, 0, 1);
            TVector w2 = Add<TRows, TVectors>(Load<TVectors>(ref row, 2), x0, d02, 0, 2);
            TVector w3 = Add<TRows, TVectors>(Load<TVectors>(ref row, 3), x0, d03, 0, 3);
            if (TRows.Value > 1)
            {
                TVector x1 = TLanes.Broadcast(list.Second(k));
                w0 = Add<TRows, TVectors>(w0, x1, d10, 1, 0);
                w1 = Add<TRows, TVectors>(w1, x1, d11, 1, 1);
                w2 = Add<TRows, TVectors>(w2, x1, d12, 1, 2);
                w3 = Add<TRows, TVectors>(w3, x1, d13, 1, 3);
            }

            Store<TVectors>(w0, ref row, 0);
            Store<TVectors>(w1, ref row, 1);
            Store<TVectors>(w2, ref row, 2);
            Store<TVectors>(w3, ref row, 3);
        }
    }

    /// <summary>z_sj = b_j + Σ_k x_sk w_kj for one or two rows s.</summary>
    [MethodImpl(HotPath.Kernel)]
    private static void Multiply<TList, TRows, TVectors>(Strided panel, TList list, nint count, Strided biases, Strided sums)
        where TList : struct, ISparseList, allows ref struct
        where TRows : struct, IExtent
        where TVectors : struct, IExtent
    {
        ref float weights = ref panel.At(0, 0);
        nint step = panel.RowStep;
        TVector z00 = Load<TRows, TVectors>(biases, 0, 0);
        TVector z01 = Load<TRows, TVectors>(biases, 0, 1);
        TVector z02 = Load<TRows, TVectors>(biases, 0, 2);
        TVector z03 = Load<TRows, TVectors>(biases, 0, 3);
        TVector z10 = Load<TRows, TVectors>(biases, 1, 0);
        TVector z11 = Load<TRows, TVectors>(biases, 1, 1);
        TVector z12 = Load<TRows, TVectors>(biases, 1, 2);
        TVector z13 = Load<TRows, TVectors>(biases, 1, 3);

        for (nint k = 0; k < count; k++)
        {
            ref float row = ref Unsafe.Add(ref weights, list.Index(k) * step);
            TVector w0 = Load<TVectors>(ref row, 0);
            TVector w1 = Load<TVectors>(ref row, 1);
            TVector w2 = Load<TVectors>(ref row, 2);
            TVector w3 = Load<TVectors>(ref row, 3);
            TVector x0 = TLanes.Broadcast(list.First(k));
            z00 = Add<TRows, TVectors>(z00, x0, w0, 0, 0);
            z01 = Add<TRows, TVectors>(z01, x0, w1, 0, 1);
            z02 = Add<TRows, TVectors>(z02, x0, w2, 0, 2);
            z03 = Add<TRows, TVectors>(z03, x0, w3, 0, 3);
            if (TRows.Value > 1)
            {
                TVector x1 = TLanes.Broadcast(list.Second(k));
                z10 = Add<TRows, TVectors>(z10, x1, w0, 1, 0);
                z11 = Add<TRows, TVectors>(z11, x1, w1, 1, 1);
                z12 = Add<TRows, TVectors>(z12, x1, w2, 1, 2);
                z13 = Add<TRows, TVectors>(z13, x1, w3, 1, 3);
            }
        }

        Store<TRows, TVectors>(z00, sums, 0, 0);
        Store<TRows, TVectors>(z01, sums, 0, 1);
        Store<TRows, TVectors>(z02, sums, 0, 2);
        Store<TRows, TVectors>(z03, sums, 0, 3);
        Store<TRows, TVectors>(z10, sums, 1, 0);
        Store<TRows, TVectors>(z11, sums, 1, 1);
        Store<TRows, TVectors>(z12, sums, 1, 2);
        Store<TRows, TVectors>(z13, sums, 1, 3);
    }
}
