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

    /// <summary>
    /// For one panel of weights, in blocks that stay in the first-level cache: first w_kj += Σ_s x_sk d_sj over the old rows, then
    /// z_sj += Σ_k x_sk w_kj for the new ones.
    /// </summary>
    /// <param name="panel">The weights, [inputs, panel width].</param>
    /// <param name="inputCount">The number of inputs.</param>
    /// <param name="columns">How many columns of the panel, a multiple of 16.</param>
    /// <param name="oldRows">The rows x to learn from; may be none.</param>
    /// <param name="changes">d, [old rows, columns].</param>
    /// <param name="rows">The rows x to take through the updated weights; may be none.</param>
    /// <param name="sums">z, [rows, columns].</param>
    /// <param name="cursors">Room for one number for each element of both lists of rows.</param>
    public abstract void UpdateAndMultiplySparse(
        Strided panel, int inputCount, int columns, ReadOnlySpan<SparseRows> oldRows, Strided changes, ReadOnlySpan<SparseRows> rows, Strided sums, Span<int> cursors);

    /// <summary>c_rj += Σ_i a_ri b_ij.</summary>
    /// <param name="a">[rows, inner].</param>
    /// <param name="b">[inner, columns]; neighbours in a row lie side by side.</param>
    /// <param name="c">[rows, columns]; neighbours in a row lie side by side.</param>
    /// <param name="rows">The number of rows of the result.</param>
    /// <param name="inner">The number of products in each sum.</param>
    /// <param name="columns">The number of columns of the result, a multiple of 16.</param>
    public abstract void MultiplyDense(Strided a, Strided b, Strided c, int rows, int inner, int columns);
}
