using System.Runtime.CompilerServices;

namespace NeuralDigits;

/// <summary>The kernels for rows without their zeros: a zero costs nothing, any other input one multiply-add for each vector of neurons.</summary>
internal sealed partial class VectorKernels<TLanes, TVector> : LayerKernels
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    // Half of a first-level cache of 32 KiB: the other half is for rows, changes and sums.
    private const int BlockFloats = 8192;

    public override void UpdateAndMultiplySparse(
        Strided panel, int inputCount, int columns, ReadOnlySpan<SparseRow> oldRows, Strided changes, ReadOnlySpan<SparseRow> rows, Strided sums, Span<int> cursors)
    {
        int column = 0;
        for (; columns - column >= 4 * TLanes.Count; column += 4 * TLanes.Count)
            SparseColumns<Four>(panel.FromColumn(column), inputCount, oldRows, changes.FromColumn(column), rows, sums.FromColumn(column), cursors);
        for (; columns - column >= 2 * TLanes.Count; column += 2 * TLanes.Count)
            SparseColumns<Two>(panel.FromColumn(column), inputCount, oldRows, changes.FromColumn(column), rows, sums.FromColumn(column), cursors);
        for (; columns > column; column += TLanes.Count)
            SparseColumns<One>(panel.FromColumn(column), inputCount, oldRows, changes.FromColumn(column), rows, sums.FromColumn(column), cursors);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void SparseColumns<TVectors>(
        Strided panel, int inputCount, ReadOnlySpan<SparseRow> oldRows, Strided changes, ReadOnlySpan<SparseRow> rows, Strided sums, Span<int> cursors)
        where TVectors : struct, IExtent
    {
        // A single row meets no weight twice.
        int blockLength = oldRows.Length + rows.Length == 1 ? inputCount : (int)(BlockFloats / panel.RowStep);
        Span<int> oldCursors = cursors[..oldRows.Length];
        Span<int> newCursors = cursors.Slice(oldRows.Length, rows.Length);
        oldCursors.Clear();
        newCursors.Clear();
        for (int start = 0; start < inputCount; start += blockLength)
        {
            int end = Math.Min(start + blockLength, inputCount);
            for (int s = 0; s < oldRows.Length; s++)
                oldCursors[s] = Update<TVectors>(ref panel.At(0, 0), panel.RowStep, in oldRows[s], oldCursors[s], end, ref changes.At(s, 0));
            for (int s = 0; s < rows.Length; s++)
                newCursors[s] = Multiply<TVectors>(ref panel.At(0, 0), panel.RowStep, in rows[s], newCursors[s], end, ref sums.At(s, 0));
        }
    }

    /// <summary>w_kj += x_k d_j for the inputs k from a cursor on and below an end; gives the cursor behind them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static int Update<TVectors>(ref float panel, nint rowStep, in SparseRow row, int cursor, int end, ref float changes)
        where TVectors : struct, IExtent
    {
        ref int indices = ref row.FirstIndex;
        ref float values = ref row.FirstValue;
        nint count = row.Count;
        nint k = cursor;
        TVector change0 = Load(ref changes, 0), change1 = default, change2 = default, change3 = default;
        if (TVectors.Value > 1)
            change1 = Load(ref changes, 1);
        if (TVectors.Value > 2)
        {
            change2 = Load(ref changes, 2);
            change3 = Load(ref changes, 3);
        }

        for (; k < count && Unsafe.Add(ref indices, k) < end; k++)
        {
            TVector input = TLanes.Broadcast(Unsafe.Add(ref values, k));
            ref float weights = ref Unsafe.Add(ref panel, Unsafe.Add(ref indices, k) * rowStep);
            Store(TLanes.MultiplyAdd(input, change0, Load(ref weights, 0)), ref weights, 0);
            if (TVectors.Value > 1)
                Store(TLanes.MultiplyAdd(input, change1, Load(ref weights, 1)), ref weights, 1);
            if (TVectors.Value > 2)
            {
                Store(TLanes.MultiplyAdd(input, change2, Load(ref weights, 2)), ref weights, 2);
                Store(TLanes.MultiplyAdd(input, change3, Load(ref weights, 3)), ref weights, 3);
            }
        }

        return (int)k;
    }

    /// <summary>z_j += Σ_k x_k w_kj for the inputs k from a cursor on and below an end; gives the cursor behind them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static int Multiply<TVectors>(ref float panel, nint rowStep, in SparseRow row, int cursor, int end, ref float sums)
        where TVectors : struct, IExtent
    {
        ref int indices = ref row.FirstIndex;
        ref float values = ref row.FirstValue;
        nint count = row.Count;
        nint k = cursor;
        TVector sum0 = Load(ref sums, 0), sum1 = default, sum2 = default, sum3 = default;
        if (TVectors.Value > 1)
            sum1 = Load(ref sums, 1);
        if (TVectors.Value > 2)
        {
            sum2 = Load(ref sums, 2);
            sum3 = Load(ref sums, 3);
        }

        for (; k < count && Unsafe.Add(ref indices, k) < end; k++)
        {
            TVector input = TLanes.Broadcast(Unsafe.Add(ref values, k));
            ref float weights = ref Unsafe.Add(ref panel, Unsafe.Add(ref indices, k) * rowStep);
            sum0 = TLanes.MultiplyAdd(input, Load(ref weights, 0), sum0);
            if (TVectors.Value > 1)
                sum1 = TLanes.MultiplyAdd(input, Load(ref weights, 1), sum1);
            if (TVectors.Value > 2)
            {
                sum2 = TLanes.MultiplyAdd(input, Load(ref weights, 2), sum2);
                sum3 = TLanes.MultiplyAdd(input, Load(ref weights, 3), sum3);
            }
        }

        Store(sum0, ref sums, 0);
        if (TVectors.Value > 1)
            Store(sum1, ref sums, 1);
        if (TVectors.Value > 2)
        {
            Store(sum2, ref sums, 2);
            Store(sum3, ref sums, 3);
        }

        return (int)k;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Load(ref float first, int vector) => TLanes.Load(ref Unsafe.Add(ref first, vector * TLanes.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(TVector value, ref float first, int vector) => TLanes.Store(value, ref Unsafe.Add(ref first, vector * TLanes.Count));
}
