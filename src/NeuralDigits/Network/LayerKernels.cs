using System.Numerics;
using System.Runtime.InteropServices;

namespace NeuralDigits;

/// <summary>
/// The two inner loops of training: a layer's weighted inputs, and the update of its weights.
/// </summary>
/// <remarks>
/// Vectors run across the neurons, never along a sum, so each neuron's sum has one order whatever the vector's
/// width: its bias, then its inputs in ascending order, by fused multiply-add.
/// </remarks>
internal static class LayerKernels
{
    /// <summary>z = b + Σ_k x_k w_k, for all neurons of a layer.</summary>
    /// <param name="weights">Input-major, of shape [inputs, stride].</param>
    /// <param name="biases">Of shape [stride].</param>
    /// <param name="inputs">The inputs that are not zero, in ascending order.</param>
    /// <param name="weightedInputs">The result, of shape [stride]; a multiple of the vector's width.</param>
    public static void WeightedInputs(
        ReadOnlySpan<float> weights, ReadOnlySpan<float> biases, SparseRow inputs, Span<float> weightedInputs)
    {
        int stride = weightedInputs.Length;
        int width = Vector<float>.Count;
        int neuron = 0;
        for (; neuron <= stride - (4 * width); neuron += 4 * width)
            FourVectors(weights[neuron..], stride, biases[neuron..], inputs, weightedInputs[neuron..]);
        for (; neuron < stride; neuron += width)
            OneVector(weights[neuron..], stride, biases[neuron..], inputs, weightedInputs[neuron..]);
    }

    /// <summary>w_kj += x_k d_j: adds one example's contribution to a layer's weights.</summary>
    /// <param name="weights">Input-major, of shape [inputs, stride].</param>
    /// <param name="inputs">The example's inputs that are not zero.</param>
    /// <param name="change">d, of shape [stride]: the example's error, already scaled by the learning rate.</param>
    public static void AddOuterProduct(Span<float> weights, SparseRow inputs, ReadOnlySpan<float> change)
    {
        int stride = change.Length;
        ref float changes = ref MemoryMarshal.GetReference(change);
        for (int k = 0; k < inputs.Count; k++)
        {
            var input = new Vector<float>(inputs.Values[k]);
            ref float row = ref MemoryMarshal.GetReference(weights.Slice(inputs.Indices[k] * stride, stride));
            for (nuint j = 0; j < (nuint)stride; j += (nuint)Vector<float>.Count)
            {
                Vector<float> sum = Vector.FusedMultiplyAdd(input, Vector.LoadUnsafe(ref changes, j), Vector.LoadUnsafe(ref row, j));
                sum.StoreUnsafe(ref row, j);
            }
        }
    }

    // Four sums at a time hide the latency of a multiply-add.
    private static void FourVectors(
        ReadOnlySpan<float> weights, int stride, ReadOnlySpan<float> biases, SparseRow inputs, Span<float> weightedInputs)
    {
        nuint width = (nuint)Vector<float>.Count;
        ref float bias = ref MemoryMarshal.GetReference(biases);
        var sum0 = Vector.LoadUnsafe(ref bias);
        var sum1 = Vector.LoadUnsafe(ref bias, width);
        var sum2 = Vector.LoadUnsafe(ref bias, 2 * width);
        var sum3 = Vector.LoadUnsafe(ref bias, 3 * width);
        for (int k = 0; k < inputs.Count; k++)
        {
            var input = new Vector<float>(inputs.Values[k]);
            ref float row = ref MemoryMarshal.GetReference(weights.Slice(inputs.Indices[k] * stride, 4 * (int)width));
            sum0 = Vector.FusedMultiplyAdd(input, Vector.LoadUnsafe(ref row), sum0);
            sum1 = Vector.FusedMultiplyAdd(input, Vector.LoadUnsafe(ref row, width), sum1);
            sum2 = Vector.FusedMultiplyAdd(input, Vector.LoadUnsafe(ref row, 2 * width), sum2);
            sum3 = Vector.FusedMultiplyAdd(input, Vector.LoadUnsafe(ref row, 3 * width), sum3);
        }

        ref float result = ref MemoryMarshal.GetReference(weightedInputs);
        sum0.StoreUnsafe(ref result);
        sum1.StoreUnsafe(ref result, width);
        sum2.StoreUnsafe(ref result, 2 * width);
        sum3.StoreUnsafe(ref result, 3 * width);
    }

    private static void OneVector(
        ReadOnlySpan<float> weights, int stride, ReadOnlySpan<float> biases, SparseRow inputs, Span<float> weightedInputs)
    {
        var sum = new Vector<float>(biases);
        for (int k = 0; k < inputs.Count; k++)
            sum = Vector.FusedMultiplyAdd(new Vector<float>(inputs.Values[k]), new Vector<float>(weights[(inputs.Indices[k] * stride)..]), sum);
        sum.CopyTo(weightedInputs);
    }
}
