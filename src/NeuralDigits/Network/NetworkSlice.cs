using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NeuralDigits;

/// <summary>
/// The share of each layer's neurons that belongs to one thread, and what it does with them. It reads what all threads
/// have computed, but writes only what belongs to its own neurons.
/// </summary>
/// <remarks>A neuron's sums are its own, so the number of slices does not change a bit of them.</remarks>
internal sealed class NetworkSlice
{
    private static readonly LayerKernels Kernels = LayerKernels.Best;

    private readonly IReadOnlyList<Layer> _layers;
    private readonly NeuronRange[] _neurons;

    /// <param name="network">The network.</param>
    /// <param name="slice">Which slice, from 0.</param>
    /// <param name="slices">How many there are.</param>
    /// <param name="slicedLayers">How many layers, from the first on, are sliced; the others the slice has to itself.</param>
    public NetworkSlice(Network network, int slice = 0, int slices = 1, int slicedLayers = 0)
    {
        _layers = network.Layers;
        _neurons = [.. _layers.Select((layer, l) => l < slicedLayers ? Share(layer, slice, slices) : new NeuronRange(0, layer.Stride))];
    }

    /// <summary>
    /// A copy of a network in which no two slices share a panel: where they did, one thread's core would fetch from the
    /// other's cache what lies beside its own weights.
    /// </summary>
    public static Network LayOut(Network network, int slices) => network.Clone(layer => PanelWidth(layer, slices));

    /// <summary>Whether a network is laid out as <see cref="LayOut"/> would do it.</summary>
    public static bool IsLaidOut(Network network, int slices) => network.Layers.All(layer => layer.PanelWidth == PanelWidth(layer, slices));

    /// <summary>a^l = σ(w^l a^(l-1) + b^l), for l = 1, 2, ..., L.</summary>
    [MethodImpl(HotPath.Code)]
    public void Feedforward(Batch batch)
    {
        for (int l = 0; l < _layers.Count; l++)
            UpdateAndFeedforward(l, null, null, batch);
    }

    /// <summary>
    /// Lets a layer's weights learn from one batch and takes the next one through it: both in one go, since both need the same
    /// weights from memory.
    /// </summary>
    /// <param name="l">The layer, from 0.</param>
    /// <param name="old">The batch to learn from; may be null.</param>
    /// <param name="oldErrors">Its errors, once multiplied by the step.</param>
    /// <param name="batch">The batch to take through the layer; may be null.</param>
    [MethodImpl(HotPath.Code)]
    public void UpdateAndFeedforward(int l, Batch? old, BatchErrors? oldErrors, Batch? batch)
    {
        Layer layer = _layers[l];
        for (int first = _neurons[l].First; first < _neurons[l].End; first = PanelEnd(l, first))
            UpdateAndMultiply(layer, l, first, PanelEnd(l, first) - first, old, oldErrors, batch);
        if (batch is not null)
            ApplySigmoid(layer, l, batch);
    }

    /// <summary>BP2: δ^l = (w^(l+1))ᵀ δ^(l+1) ⊙ σ'(z^l).</summary>
    [MethodImpl(HotPath.Code)]
    public void PropagateBack(int l, Batch batch, BatchErrors errors)
    {
        Layer next = _layers[l + 1];
        int first = _neurons[l].First;
        int count = Math.Min(_neurons[l].End, _layers[l].OutputCount) - first;
        if (count <= 0)
            return;

        // [neurons, examples]: vectors run across the examples, so that the weights need not be transposed.
        Strided transposed = errors.TransposedOf(l).FromRow(first);
        Strided start = errors.Zeros;
        for (int panel = 0; panel < next.OutputCount; panel += next.PanelWidth)
        {
            int inner = Math.Min(next.OutputCount - panel, next.PanelWidth);
            Kernels.MultiplyDense(
                next.Panel(panel).FromRow(first),
                errors.TransposedOf(l + 1).FromRow(panel),
                start,
                transposed,
                count,
                inner,
                Layer.Padded(batch.Count));
            start = transposed;
        }

        transposed.TransposeTo(errors.Of(l).FromColumn(first), count, batch.Count);
        MultiplyBySigmoidPrime(l, batch, errors.Of(l));
        if (l > 0)
            errors.Of(l).FromColumn(first).TransposeTo(transposed, batch.Count, count);
    }

    /// <summary>
    /// Multiplies a layer's errors by -η/m and the example's weight, so that BP4 only adds what comes out; and BP3: adds it to the biases.
    /// </summary>
    [MethodImpl(HotPath.Code)]
    public void ScaleErrorsAndUpdateBiases(int l, BatchErrors errors, ReadOnlySpan<float> steps)
    {
        int end;
        for (int first = _neurons[l].First; first < _neurons[l].End; first = end)
        {
            end = PanelEnd(l, first);
            var panel = new NeuronRange(first, end);
            Span<Vector<float>> biases = Vectors(panel, _layers[l].BiasData);
            for (int s = 0; s < steps.Length; s++)
            {
                ReadOnlySpan<Vector<float>> error = Vectors(panel, errors.Of(l).Row(s))[..biases.Length];
                Span<Vector<float>> changes = MemoryMarshal.Cast<float, Vector<float>>(errors.Changes(l, first, end - first, s))[..biases.Length];
                for (int j = 0; j < biases.Length; j++)
                {
                    changes[j] = Subnormals.ToZero(error[j] * steps[s]);
                    biases[j] += changes[j];
                }
            }
        }
    }

    private static int PanelWidth(Layer layer, int slices)
    {
        int units = layer.Stride / Layer.PaddingUnit;
        return Math.Min((units + slices - 1) / slices * Layer.PaddingUnit, Layer.WidestPanel);
    }

    private static NeuronRange Share(Layer layer, int slice, int slices)
    {
        int panels = (layer.Stride + layer.PanelWidth - 1) / layer.PanelWidth;
        return new NeuronRange(First(slice), First(slice + 1));

        int First(int number) => Math.Min((int)((long)panels * number / slices) * layer.PanelWidth, layer.Stride);
    }

    [MethodImpl(HotPath.Code)]
    private void MultiplyBySigmoidPrime(int l, Batch batch, Matrix errors)
    {
        for (int s = 0; s < batch.Count; s++)
        {
            ReadOnlySpan<Vector<float>> a = Vectors(_neurons[l], batch.Activations(l).Row(s));
            Span<Vector<float>> error = Vectors(_neurons[l], errors.Row(s))[..a.Length];
            for (int k = 0; k < a.Length; k++)
                error[k] = Subnormals.ToZero(error[k] * (a[k] * (Vector<float>.One - a[k])));
        }
    }

    // The padding makes them whole: it takes part in the arithmetic, and stays zero.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Span<Vector<float>> Vectors(NeuronRange neurons, Span<float> row) =>
        MemoryMarshal.Cast<float, Vector<float>>(row[neurons.First..neurons.End]);

    private int PanelEnd(int l, int neuron)
    {
        int width = _layers[l].PanelWidth;
        return Math.Min((neuron / width * width) + width, _neurons[l].End);
    }

    [MethodImpl(HotPath.Code)]
    private static void UpdateAndMultiply(Layer layer, int l, int first, int count, Batch? old, BatchErrors? oldErrors, Batch? batch)
    {
        Strided weights = layer.Panel(first);
        if (old is not null)
        {
            Strided changes = oldErrors!.Changes(l, first, count);
            if (l == 0 && !old.IsDense)
                Kernels.UpdateSparse(weights, count, old.SparseInputs, changes);
            else
                Kernels.MultiplyDense(old.Inputs(l).Transposed(), changes, weights, weights, layer.InputCount, old.Count, count);
        }

        if (batch is not null)
        {
            Strided biases = layer.BiasesFrom(first);
            Strided sums = batch.Activations(l).FromColumn(first);
            if (l == 0 && !batch.IsDense)
                Kernels.MultiplySparse(weights, count, batch.SparseInputs, biases, sums);
            else
                Kernels.MultiplyDense(batch.Inputs(l).FromColumn(0), weights, biases, sums, batch.Count, layer.InputCount, count);
        }
    }

    [MethodImpl(HotPath.Code)]
    private void ApplySigmoid(Layer layer, int l, Batch batch)
    {
        for (int s = 0; s < batch.Count; s++)
        {
            Span<float> activations = batch.Activations(l).Row(s)[.._neurons[l].End];
            Sigmoid.Apply(activations[_neurons[l].First..]);

            // σ(0) is 1/2: without this the padding would learn.
            if (activations.Length > layer.OutputCount)
                activations[layer.OutputCount..].Clear();
        }
    }

    /// <summary>Neurons from one on and below an end, whole vectors of them.</summary>
    private readonly record struct NeuronRange(int First, int End);
}
