using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NeuralDigits;

/// <summary>The kernels for vectors of one width: one source for all of them.</summary>
/// <remarks>
/// What a kernel keeps in registers must be variables with names of their own, as many as the largest tile needs. The
/// methods here leave out, for a smaller tile, what lies outside: the compiler knows its extents, and drops the rest.
/// </remarks>
internal sealed partial class VectorKernels<TLanes, TVector> : LayerKernels
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    public override int VectorLength => TLanes.Count;

    public override int ColumnsTogether => Four.Value * TLanes.Count;

    // Five use each weight most often; they win where weights come slower from the second-level cache than products are made.
    // With more narrow products to make, those with zero cost more than that.
    public override int RowsTogether { get; } = TLanes.Count >= Vector512<float>.Count && Processor.HasWideMultiplyAdd ? SparseRows.MostTogether : 2;

    // A feature takes one load, a pixel two: with few products for each, loads are what limits.
    public override bool PrefersFeatures(int columns) => RowsTogether == SparseRows.MostTogether && columns < ColumnsTogether;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Broadcast<TRows>(Strided a, int row, int before = 0)
        where TRows : struct, IExtent => row < TRows.Value ? TLanes.Broadcast(a.At(row - before, 0)) : default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Load<TRows, TVectors>(Strided matrix, int row, int vector)
        where TRows : struct, IExtent
        where TVectors : struct, IExtent => row < TRows.Value && vector < TVectors.Value ? TLanes.Load(ref Unsafe.Add(ref matrix.At(row, 0), vector * TLanes.Count)) : default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Add<TRows, TVectors>(TVector sum, TVector a, TVector b, int row, int vector)
        where TRows : struct, IExtent
        where TVectors : struct, IExtent => row < TRows.Value && vector < TVectors.Value ? TLanes.MultiplyAdd(a, b, sum) : sum;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TRows, TVectors>(TVector sum, Strided matrix, int row, int vector)
        where TRows : struct, IExtent
        where TVectors : struct, IExtent
    {
        if (row < TRows.Value && vector < TVectors.Value)
            TLanes.Store(sum, ref Unsafe.Add(ref matrix.At(row, 0), vector * TLanes.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Load<TVectors>(ref float weights, nint row, int vector)
        where TVectors : struct, IExtent => vector < TVectors.Value ? TLanes.Load(ref Unsafe.Add(ref weights, row + (vector * TLanes.Count))) : default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TVectors>(TVector value, ref float weights, nint row, int vector)
        where TVectors : struct, IExtent
    {
        if (vector < TVectors.Value)
            TLanes.Store(value, ref Unsafe.Add(ref weights, row + (vector * TLanes.Count)));
    }
}
