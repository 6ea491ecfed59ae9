using System.Runtime.CompilerServices;

namespace NeuralDigits;

/// <summary>What one thread knows of the errors δ of a batch, layer by layer, in two orientations.</summary>
/// <remarks>
/// <para>
/// A layer learns from the errors of the neurons that the thread owns, [examples, neurons]. They lie as the weights do, panel after panel: the
/// update of a wide layer, which reads the rows of a panel again and again, finds them in few pages of memory.
/// </para>
/// <para>
/// The layer before needs the errors of all neurons, [neurons, examples]. These alone are shared with the other threads: processors fetch lines
/// that only lie near those that are read, and then the thread that is to write them has to wait for them.
/// </para>
/// </remarks>
internal sealed class BatchErrors
{
    private readonly int _examples;
    private readonly Layer[] _layers;
    private readonly NeuronRange[] _own;
    private readonly AlignedFloats[] _errors;
    private readonly Matrix[] _transposed;
    private readonly AlignedFloats _outputErrors;
    private readonly AlignedFloats _zeros;

    /// <param name="slice">The thread's neurons. Of the last layer it knows all errors.</param>
    /// <param name="capacity">The most examples at a time.</param>
    /// <param name="shared">The errors of another thread to share; null for none.</param>
    /// <param name="sharedLayers">Of how many layers, from the first on.</param>
    public BatchErrors(NetworkSlice slice, int capacity, BatchErrors? shared = null, int sharedLayers = 0)
    {
        // Room for whole vectors of any length, and for the fours that are transposed together.
        _examples = Layer.Padded(capacity);
        _layers = [.. slice.Layers];
        int last = _layers.Length - 1;
        _own = [.. _layers.Select((layer, l) => l < last ? slice.Neurons(l) : new NeuronRange(0, layer.Stride))];
        _errors = [.. _own.Select(own => new AlignedFloats(checked(_examples * own.Count)))];
        _transposed =
        [
            .. _layers.Select((layer, l) =>
                l == 0 ? new Matrix(_own[0].Count, _examples)
                : l < Math.Min(sharedLayers, last) && shared is not null ? shared._transposed[l]
                : new Matrix(layer.Stride, _examples)),
        ];
        _outputErrors = new AlignedFloats(_layers[last].Stride);
        _zeros = new AlignedFloats(_examples);
    }

    /// <summary>A row of zeros, for as many examples, again and again: where sums of transposed errors start.</summary>
    public Strided Zeros
    {
        [MethodImpl(HotPath.Code)]
        get => new(ref _zeros.First, 0, 1);
    }

    /// <summary>δ^l of one panel, [examples, neurons]; the padding is zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Strided Of(int layer, NeuronRange panel) => new(ref Row(layer, panel, 0)[0], panel.Count, 1);

    /// <summary>δ^l of one panel and one example.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<float> Row(int layer, NeuronRange panel, int example) => Rows(layer, panel, _examples).Slice(example * panel.Count, panel.Count);

    /// <summary>δ^l from a neuron on, [neurons, examples]; of the first layer only those of own neurons, since no layer is before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Strided TransposedFrom(int layer, int neuron) => _transposed[layer].FromRow(layer == 0 ? neuron - _own[0].First : neuron);

    /// <summary>BP1: δ^L = ∂C/∂a ⊙ σ'(z^L).</summary>
    [MethodImpl(HotPath.Code)]
    public void StartFrom(Cost cost, Batch batch, ReadOnlySpan<int> labels)
    {
        int last = _layers.Length - 1;
        Span<float> errors = _outputErrors.Span;
        for (int s = 0; s < batch.Count; s++)
        {
            cost.OutputError(batch.Output(s), labels[s], errors[.._layers[last].OutputCount]);
            foreach (NeuronRange panel in _layers[last].Panels)
                errors[panel.First..panel.End].CopyTo(Row(last, panel, s));
        }

        foreach (NeuronRange panel in _layers[last].Panels)
        {
            Subnormals.ToZero(Rows(last, panel, batch.Count));
            Of(last, panel).TransposeTo(TransposedFrom(last, panel.First), batch.Count, _layers[last].WithoutPadding(panel).Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<float> Rows(int layer, NeuronRange panel, int examples) =>
        _errors[layer].Span.Slice((panel.First - _own[layer].First) * _examples, examples * panel.Count);
}
