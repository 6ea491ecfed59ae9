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

    private readonly Layer[] _layers;
    private readonly NeuronRange[][] _panels;
    private readonly NeuronRange[] _neurons;

    /// <param name="network">The network.</param>
    /// <param name="slice">Which slice, from 0.</param>
    /// <param name="slices">How many there are.</param>
    /// <param name="slicedLayers">How many layers, from the first on, are sliced; the others the slice has to itself.</param>
    public NetworkSlice(Network network, int slice = 0, int slices = 1, int slicedLayers = 0)
    {
        _layers = [.. network.Layers];
        _panels = [.. _layers.Select((layer, l) => l < slicedLayers ? Share(layer, slice, slices) : layer.Panels)];
        _neurons = [.. _panels.Select(panels => panels.Length == 0 ? default : new NeuronRange(panels[0].First, panels[^1].End))];
    }

    /// <summary>All layers of the network.</summary>
    public ReadOnlySpan<Layer> Layers => _layers;

    /// <summary>The slice's neurons of a layer.</summary>
    public NeuronRange Neurons(int l) => _neurons[l];

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
        for (int l = 0; l < _layers.Length; l++)
            UpdateAndFeedforward(l, null, null, batch);
    }

    /// <summary>
    /// Lets a layer's weights learn from one batch and takes the next one through it: both in one go, since both need the same
    /// weights from memory.
    /// </summary>
    /// <param name="l">The layer, from 0.</param>
    /// <param name="old">The batch to learn from; may be null.</param>
    /// <param name="oldErrors">Its errors, which <see cref="ScaleErrorsAndUpdateBiases"/> has multiplied by the step.</param>
    /// <param name="batch">The batch to take through the layer; may be null.</param>
    [MethodImpl(HotPath.Code)]
    public void UpdateAndFeedforward(int l, Batch? old, BatchErrors? oldErrors, Batch? batch)
    {
        Layer layer = _layers[l];
        foreach (NeuronRange panel in _panels[l])
            UpdateAndMultiply(layer, l, panel, old, oldErrors, batch);
        if (batch is not null)
            ApplySigmoid(layer, l, batch);
    }

    /// <summary>BP2: δ^l = (w^(l+1))ᵀ δ^(l+1) ⊙ σ'(z^l).</summary>
    [MethodImpl(HotPath.Code)]
    public void PropagateBack(int l, Batch batch, BatchErrors errors)
    {
        if (_panels[l].Length == 0)
            return;
        MultiplyByWeights(l, batch.Count, errors);
        foreach (NeuronRange panel in _panels[l])
        {
            int neurons = _layers[l].WithoutPadding(panel).Count;
            Strided transposed = errors.TransposedFrom(l, panel.First);
            transposed.TransposeTo(errors.Of(l, panel), neurons, batch.Count);
            MultiplyBySigmoidPrime(l, panel, batch, errors);
            if (l > 0)
                errors.Of(l, panel).TransposeTo(transposed, batch.Count, neurons);
        }
    }

    /// <summary>
    /// Multiplies a layer's errors by -η/m and the example's weight, so that BP4 only adds; and BP3: adds them to the biases.
    /// </summary>
    [MethodImpl(HotPath.Code)]
    public void ScaleErrorsAndUpdateBiases(int l, BatchErrors errors, ReadOnlySpan<float> steps)
    {
        foreach (NeuronRange panel in _panels[l])
        {
            Span<Vector<float>> biases = Vectors(_layers[l].Biases(panel));
            for (int s = 0; s < steps.Length; s++)
            {
                Span<Vector<float>> changes = Vectors(errors.Row(l, panel, s))[..biases.Length];
                for (int j = 0; j < biases.Length; j++)
                {
                    Vector<float> change = Subnormals.ToZero(changes[j] * steps[s]);
                    changes[j] = change;
                    biases[j] += change;
                }
            }
        }
    }

    private static int PanelWidth(Layer layer, int slices)
    {
        int units = layer.Stride / Layer.PaddingUnit;
        return Math.Min((units + slices - 1) / slices * Layer.PaddingUnit, Layer.WidestPanel);
    }

    private static NeuronRange[] Share(Layer layer, int slice, int slices)
    {
        return layer.Panels[First(slice)..First(slice + 1)];

        int First(int number) => (int)((long)layer.Panels.Length * number / slices);
    }

    // (w^(l+1))ᵀ δ^(l+1), [neurons, examples]: vectors run across the examples, so that the weights need not be transposed.
    [MethodImpl(HotPath.Code)]
    private void MultiplyByWeights(int l, int examples, BatchErrors errors)
    {
        Layer next = _layers[l + 1];
        NeuronRange neurons = _layers[l].WithoutPadding(_neurons[l]);
        Strided sums = errors.TransposedFrom(l, neurons.First);
        Strided start = errors.Zeros;
        foreach (NeuronRange panel in next.Panels)
        {
            Kernels.MultiplyDense(
                next.Weights(panel).FromRow(neurons.First),
                errors.TransposedFrom(l + 1, panel.First),
                start,
                sums,
                neurons.Count,
                next.WithoutPadding(panel).Count,
                Layer.Padded(examples, Kernels.VectorLength));
            start = sums;
        }
    }

    [MethodImpl(HotPath.Code)]
    private static void MultiplyBySigmoidPrime(int l, NeuronRange panel, Batch batch, BatchErrors errors)
    {
        for (int s = 0; s < batch.Count; s++)
        {
            ReadOnlySpan<Vector<float>> a = Vectors(batch.Activations(l).Row(s)[panel.First..panel.End]);
            Span<Vector<float>> error = Vectors(errors.Row(l, panel, s))[..a.Length];
            for (int k = 0; k < a.Length; k++)
                error[k] = Subnormals.ToZero(error[k] * (a[k] * (Vector<float>.One - a[k])));
        }
    }

    // The padding makes them whole: it takes part in the arithmetic, and stays zero.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Span<Vector<float>> Vectors(Span<float> neurons) => MemoryMarshal.Cast<float, Vector<float>>(neurons);

    [MethodImpl(HotPath.Code)]
    private static void UpdateAndMultiply(Layer layer, int l, NeuronRange panel, Batch? old, BatchErrors? oldErrors, Batch? batch)
    {
        Strided weights = layer.Weights(panel);
        if (old is not null)
        {
            Strided changes = oldErrors!.Of(l, panel);
            if (l == 0 && !old.IsDense)
                Kernels.UpdateSparse(weights, panel.Count, old.SparseInputs, changes);
            else
                Kernels.MultiplyDense(old.Inputs(l).Transposed(), changes, weights, weights, layer.InputCount, old.Count, panel.Count);
        }

        if (batch is not null)
        {
            var biases = new Strided(ref layer.Biases(panel)[0], 0, 1);
            Strided sums = batch.Activations(l).FromColumn(panel.First);
            if (l == 0 && !batch.IsDense)
                Kernels.MultiplySparse(weights, panel.Count, batch.SparseInputs, biases, sums);
            else
                Kernels.MultiplyDense(batch.Inputs(l).FromColumn(0), weights, biases, sums, batch.Count, layer.InputCount, panel.Count);
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
}
