using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace NeuralDigits;

/// <summary>
/// The kernel for whole matrices: tiles of up to 6 rows and 4 vectors, or of 12 rows and a single vector, whose sums stay in registers.
/// </summary>
internal sealed partial class VectorKernels<TLanes, TVector>
{
    // The sums of a full tile take 24 registers; AVX2 has 16 in all.
    private static bool HasManyRegisters => Vector512.IsHardwareAccelerated || AdvSimd.IsSupported;

    [MethodImpl(HotPath.Code)]
    public override void MultiplyDense(Strided a, Strided b, Strided start, Strided c, int rows, int inner, int columns)
    {
        int column = 0;
        for (; HasManyRegisters && columns - column >= 4 * TLanes.Count; column += 4 * TLanes.Count)
            DenseColumns<Four>(a, b.FromColumn(column), start.FromColumn(column), c.FromColumn(column), rows, inner);
        for (; columns - column >= 2 * TLanes.Count; column += 2 * TLanes.Count)
            DenseColumns<Two>(a, b.FromColumn(column), start.FromColumn(column), c.FromColumn(column), rows, inner);
        for (; columns > column; column += TLanes.Count)
            NarrowColumn(a, b.FromColumn(column), start.FromColumn(column), c.FromColumn(column), rows, inner);
    }

    [MethodImpl(HotPath.Code)]
    private static void DenseColumns<TVectors>(Strided a, Strided b, Strided start, Strided c, int rows, int inner)
        where TVectors : struct, IExtent
    {
        int row = 0;
        for (; rows - row >= 6; row += 6)
            DenseTile<Six, TVectors>(a.FromRow(row), b, start.FromRow(row), c.FromRow(row), inner);
        for (; rows - row >= 4; row += 4)
            DenseTile<Four, TVectors>(a.FromRow(row), b, start.FromRow(row), c.FromRow(row), inner);
        for (; rows > row; row++)
            DenseTile<One, TVectors>(a.FromRow(row), b, start.FromRow(row), c.FromRow(row), inner);
    }

    // Written out, since only sums with names of their own stay in registers. What lies outside a smaller tile is
    // known to the compiler and vanishes.
    [MethodImpl(HotPath.Kernel)]
    private static void DenseTile<TRows, TVectors>(Strided a, Strided b, Strided start, Strided c, int inner)
        where TRows : struct, IExtent
        where TVectors : struct, IExtent
    {
        TVector c00 = Load<TRows, TVectors>(start, 0, 0), c01 = Load<TRows, TVectors>(start, 0, 1), c02 = Load<TRows, TVectors>(start, 0, 2), c03 = Load<TRows, TVectors>(start, 0, 3);
        TVector c10 = Load<TRows, TVectors>(start, 1, 0), c11 = Load<TRows, TVectors>(start, 1, 1), c12 = Load<TRows, TVectors>(start, 1, 2), c13 = Load<TRows, TVectors>(start, 1, 3);
        TVector c20 = Load<TRows, TVectors>(start, 2, 0), c21 = Load<TRows, TVectors>(start, 2, 1), c22 = Load<TRows, TVectors>(start, 2, 2), c23 = Load<TRows, TVectors>(start, 2, 3);
        TVector c30 = Load<TRows, TVectors>(start, 3, 0), c31 = Load<TRows, TVectors>(start, 3, 1), c32 = Load<TRows, TVectors>(start, 3, 2), c33 = Load<TRows, TVectors>(start, 3, 3);
        TVector c40 = Load<TRows, TVectors>(start, 4, 0), c41 = Load<TRows, TVectors>(start, 4, 1), c42 = Load<TRows, TVectors>(start, 4, 2), c43 = Load<TRows, TVectors>(start, 4, 3);
        TVector c50 = Load<TRows, TVectors>(start, 5, 0), c51 = Load<TRows, TVectors>(start, 5, 1), c52 = Load<TRows, TVectors>(start, 5, 2), c53 = Load<TRows, TVectors>(start, 5, 3);

        Debug.Assert(inner >= 0);

        // A core that is shared with another program decodes half as many instructions in a cycle, so there may be few besides the
        // multiply-adds: one address reaches three rows, and counting down to zero needs no comparison.
        Strided upper = a;
        Strided lower = a.FromRow(TRows.Value > 3 ? 3 : 0);
        for (int left = inner; left != 0; left--)
        {
            TVector b0 = Load<One, TVectors>(b, 0, 0);
            TVector b1 = Load<One, TVectors>(b, 0, 1);
            TVector b2 = Load<One, TVectors>(b, 0, 2);
            TVector b3 = Load<One, TVectors>(b, 0, 3);

            TVector a0 = Broadcast<TRows>(upper, 0);
            c00 = Add<TRows, TVectors>(c00, a0, b0, 0, 0);
            c01 = Add<TRows, TVectors>(c01, a0, b1, 0, 1);
            c02 = Add<TRows, TVectors>(c02, a0, b2, 0, 2);
            c03 = Add<TRows, TVectors>(c03, a0, b3, 0, 3);

            TVector a1 = Broadcast<TRows>(upper, 1);
            c10 = Add<TRows, TVectors>(c10, a1, b0, 1, 0);
            c11 = Add<TRows, TVectors>(c11, a1, b1, 1, 1);
            c12 = Add<TRows, TVectors>(c12, a1, b2, 1, 2);
            c13 = Add<TRows, TVectors>(c13, a1, b3, 1, 3);

            TVector a2 = Broadcast<TRows>(upper, 2);
            c20 = Add<TRows, TVectors>(c20, a2, b0, 2, 0);
            c21 = Add<TRows, TVectors>(c21, a2, b1, 2, 1);
            c22 = Add<TRows, TVectors>(c22, a2, b2, 2, 2);
            c23 = Add<TRows, TVectors>(c23, a2, b3, 2, 3);

            TVector a3 = Broadcast<TRows>(lower, 3, before: 3);
            c30 = Add<TRows, TVectors>(c30, a3, b0, 3, 0);
            c31 = Add<TRows, TVectors>(c31, a3, b1, 3, 1);
            c32 = Add<TRows, TVectors>(c32, a3, b2, 3, 2);
            c33 = Add<TRows, TVectors>(c33, a3, b3, 3, 3);

            TVector a4 = Broadcast<TRows>(lower, 4, before: 3);
            c40 = Add<TRows, TVectors>(c40, a4, b0, 4, 0);
            c41 = Add<TRows, TVectors>(c41, a4, b1, 4, 1);
            c42 = Add<TRows, TVectors>(c42, a4, b2, 4, 2);
            c43 = Add<TRows, TVectors>(c43, a4, b3, 4, 3);

            TVector a5 = Broadcast<TRows>(lower, 5, before: 3);
            c50 = Add<TRows, TVectors>(c50, a5, b0, 5, 0);
            c51 = Add<TRows, TVectors>(c51, a5, b1, 5, 1);
            c52 = Add<TRows, TVectors>(c52, a5, b2, 5, 2);
            c53 = Add<TRows, TVectors>(c53, a5, b3, 5, 3);

            upper = upper.FromColumn(1);
            if (TRows.Value > 3)
                lower = lower.FromColumn(1);
            b = b.FromRow(1);
        }

        Store<TRows, TVectors>(c00, c, 0, 0);
        Store<TRows, TVectors>(c01, c, 0, 1);
        Store<TRows, TVectors>(c02, c, 0, 2);
        Store<TRows, TVectors>(c03, c, 0, 3);
        Store<TRows, TVectors>(c10, c, 1, 0);
        Store<TRows, TVectors>(c11, c, 1, 1);
        Store<TRows, TVectors>(c12, c, 1, 2);
        Store<TRows, TVectors>(c13, c, 1, 3);
        Store<TRows, TVectors>(c20, c, 2, 0);
        Store<TRows, TVectors>(c21, c, 2, 1);
        Store<TRows, TVectors>(c22, c, 2, 2);
        Store<TRows, TVectors>(c23, c, 2, 3);
        Store<TRows, TVectors>(c30, c, 3, 0);
        Store<TRows, TVectors>(c31, c, 3, 1);
        Store<TRows, TVectors>(c32, c, 3, 2);
        Store<TRows, TVectors>(c33, c, 3, 3);
        Store<TRows, TVectors>(c40, c, 4, 0);
        Store<TRows, TVectors>(c41, c, 4, 1);
        Store<TRows, TVectors>(c42, c, 4, 2);
        Store<TRows, TVectors>(c43, c, 4, 3);
        Store<TRows, TVectors>(c50, c, 5, 0);
        Store<TRows, TVectors>(c51, c, 5, 1);
        Store<TRows, TVectors>(c52, c, 5, 2);
        Store<TRows, TVectors>(c53, c, 5, 3);
    }
}
