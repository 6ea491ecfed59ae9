using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace NeuralDigits;

/// <summary>
/// The inner loops of training and scoring: products of sparse rows and of matrices, added to sums.
/// </summary>
/// <remarks>
/// Each sum takes its products one by one, in ascending order, by fused multiply-add. Vectors run across sums, never
/// along one, so that a result has the same bits whatever the vector's width, the blocking or the number of threads.
/// </remarks>
internal abstract class LayerKernels
{
    private protected LayerKernels()
    {
    }

    /// <summary>All forms that this machine can run, the widest first.</summary>
    public static IReadOnlyList<LayerKernels> All { get; } =
    [
        .. Vector512.IsHardwareAccelerated ? [new VectorKernels<Lanes512, Vector512<float>>()] : Array.Empty<LayerKernels>(),
        .. Vector256.IsHardwareAccelerated && Fma.IsSupported ? [new VectorKernels<Lanes256, Vector256<float>>()] : Array.Empty<LayerKernels>(),
        .. Fma.IsSupported || AdvSimd.IsSupported ? [new VectorKernels<Lanes128, Vector128<float>>()] : Array.Empty<LayerKernels>(),
        new VectorKernels<Lanes32, float>(),
    ];

    /// <summary>The form for this machine.</summary>
    public static LayerKernels Best { get; } = All[0];

    /// <summary>The number of floats in a vector.</summary>
    public abstract int VectorLength { get; }

    /// <summary>How many columns are best taken together on this machine. It changes no result.</summary>
    public abstract int ColumnsTogether { get; }

    /// <summary>How many sparse rows are best taken together on this machine. It changes no result.</summary>
    public abstract int RowsTogether { get; }

    /// <summary>Whether pixels are best made features as soon as they are loaded, for panels of some columns on this machine. It changes no result.</summary>
    public abstract bool PrefersFeatures(int columns);

    /// <summary>w_kj += Σ_s x_sk d_sj: lets a panel of weights learn from rows without their zeros.</summary>
    /// <param name="panel">w, [inputs, columns]; neighbours in a row lie side by side.</param>
    /// <param name="columns">The number of columns, a multiple of 16.</param>
    /// <param name="rows">x, up to five rows at a time.</param>
    /// <param name="changes">d, [rows, columns]; neighbours in a row lie side by side.</param>
    public abstract void UpdateSparse(Strided panel, int columns, ReadOnlySpan<SparseRows> rows, Strided changes);

    /// <summary>z_sj = b_j + Σ_k x_sk w_kj: takes rows without their zeros through a panel of weights.</summary>
    /// <param name="panel">w, [inputs, columns]; neighbours in a row lie side by side.</param>
    /// <param name="columns">The number of columns, a multiple of 16.</param>
    /// <param name="rows">x, up to five rows at a time.</param>
    /// <param name="biases">b, [columns], what the sums start from; neighbours lie side by side.</param>
    /// <param name="sums">z, [rows, columns]; neighbours in a row lie side by side.</param>
    public abstract void MultiplySparse(Strided panel, int columns, ReadOnlySpan<SparseRows> rows, Strided biases, Strided sums);

    /// <summary>c_rj = s_rj + Σ_i a_ri b_ij.</summary>
    /// <param name="a">[rows, inner].</param>
    /// <param name="b">[inner, columns]; neighbours in a row lie side by side.</param>
    /// <param name="start">s, [rows, columns]; may be c itself, or the same row again and again. Neighbours in a row lie side by side.</param>
    /// <param name="c">[rows, columns]; neighbours in a row lie side by side.</param>
    /// <param name="rows">The number of rows of the result.</param>
    /// <param name="inner">The number of products in each sum, at least 0.</param>
    /// <param name="columns">The number of columns of the result, a multiple of the vector's length.</param>
    public abstract void MultiplyDense(Strided a, Strided b, Strided start, Strided c, int rows, int inner, int columns);
}
