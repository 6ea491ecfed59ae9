using System.Runtime.CompilerServices;

namespace NeuralDigits;

/// <summary>The errors δ of all layers for the examples of a batch, each layer's in two orientations.</summary>
/// <remarks>
/// Errors lie as the weights do, panel after panel: the rows of a panel follow one another. Threads that share them write no neighbouring
/// lines of the cache, which processors fetch in pairs; and the update of a wide layer, which reads the rows of a panel again and again,
/// finds them in few pages of memory.
/// </remarks>
internal sealed class BatchErrors
{
    private readonly int _examples;
    private readonly IReadOnlyList<Layer> _layers;
    private readonly AlignedFloats[] _errors;
    private readonly Matrix[] _transposed;
    private readonly AlignedFloats _outputErrors;
    private readonly AlignedFloats _zeros;

    /// <param name="network">The network.</param>
    /// <param name="capacity">The most examples at a time.</param>
    /// <param name="shared">The errors of another thread to share; null for none.</param>
    /// <param name="sharedLayers">Of how many layers, from the first on. Those of the last are always own.</param>
    public BatchErrors(Network network, int capacity, BatchErrors? shared = null, int sharedLayers = 0)
    {
        // Room for whole vectors of any length, and for the fours that are transposed together.
        _examples = Layer.Padded(capacity);
        _layers = network.Layers;
        int count = shared is null ? 0 : Math.Min(sharedLayers, _layers.Count - 1);
        IEnumerable<Layer> own = _layers.Skip(count);
        _errors = [.. shared?._errors[..count] ?? [], .. own.Select(layer => new AlignedFloats(checked(_examples * layer.Stride)))];
        _transposed = [.. shared?._transposed[..count] ?? [], .. own.Select(layer => new Matrix(layer.Stride, _examples))];
        _outputErrors = new AlignedFloats(_layers[^1].Stride);
        _zeros = new AlignedFloats(_examples);
    }

    /// <summary>A row of zeros, for as many examples, again and again: where sums of transposed errors start.</summary>
    public Strided Zeros => new(ref _zeros.First, 0, 1);

    /// <summary>δ^l of one panel, [examples, neurons]; the padding is zero.</summary>
    public Strided Of(int layer, NeuronRange panel) => new(ref Row(layer, panel, 0)[0], panel.Count, 1);

    /// <summary>δ^l of one panel and one example.</summary>
    public Span<float> Row(int layer, NeuronRange panel, int example) =>
        _errors[layer].Span.Slice((panel.First * _examples) + (example * panel.Count), panel.Count);

    /// <summary>δ^l, [outputs, examples].</summary>
    public Matrix TransposedOf(int layer) => _transposed[layer];

    /// <summary>BP1: δ^L = ∂C/∂a ⊙ σ'(z^L).</summary>
    [MethodImpl(HotPath.Code)]
    public void StartFrom(Cost cost, Batch batch, ReadOnlySpan<int> labels)
    {
        int last = _layers.Count - 1;
        Span<float> errors = _outputErrors.Span;
        for (int s = 0; s < batch.Count; s++)
        {
            cost.OutputError(batch.Output(s), labels[s], errors[.._layers[last].OutputCount]);
            Subnormals.ToZero(errors);
            foreach (NeuronRange panel in _layers[last].Panels)
                errors[panel.First..panel.End].CopyTo(Row(last, panel, s));
        }

        foreach (NeuronRange panel in _layers[last].Panels)
            Of(last, panel).TransposeTo(_transposed[last].FromRow(panel.First), batch.Count, _layers[last].WithoutPadding(panel).Count);
    }
}
