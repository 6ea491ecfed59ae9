using System.Runtime.CompilerServices;

namespace NeuralDigits;

/// <summary>The errors δ of all layers for the examples of a batch, each layer's in two orientations, and what it learns from them.</summary>
internal sealed class BatchErrors
{
    private readonly Matrix[] _errors;
    private readonly Matrix[] _transposed;
    private readonly AlignedFloats[] _changes;
    private readonly int _examples;
    private readonly AlignedFloats _zeros;
    private readonly int _outputCount;

    /// <param name="network">The network.</param>
    /// <param name="capacity">The most examples at a time.</param>
    /// <param name="shared">The errors of another thread, of which each needs the other's to propagate them back; null for none.</param>
    /// <param name="sharedLayers">Of how many layers, from the first on. Those of the last are always own.</param>
    public BatchErrors(Network network, int capacity, BatchErrors? shared = null, int sharedLayers = 0)
    {
        _examples = Layer.Padded(capacity);
        _errors = [.. network.Layers.Select(layer => new Matrix(_examples, layer.Stride))];
        _changes = [.. network.Layers.Select(layer => new AlignedFloats(checked(_examples * layer.Stride)))];

        // Those of the first layer go no further back: what no thread needs of another is to share no line of the cache.
        int sharedEnd = shared is null ? 0 : Math.Min(sharedLayers, network.Layers.Count - 1);
        _transposed = [.. network.Layers.Select((layer, l) => l > 0 && l < sharedEnd ? shared!._transposed[l] : new Matrix(layer.Stride, _examples))];
        _zeros = new AlignedFloats(_examples);
        _outputCount = network.OutputCount;
    }

    /// <summary>δ^l, [examples, stride]; the padding is zero.</summary>
    public Matrix Of(int layer) => _errors[layer];

    /// <summary>δ^l, [outputs, examples].</summary>
    public Matrix TransposedOf(int layer) => _transposed[layer];

    /// <summary>
    /// δ^l multiplied by the step, for one panel of neurons, [examples, neurons]. A panel's rows follow one another: the update of a wide
    /// layer reads them again and again, and each would lie in another page of memory otherwise.
    /// </summary>
    public Strided Changes(int layer, int firstNeuron, int neurons) => new(ref _changes[layer].Span[firstNeuron * _examples], neurons, 1);

    /// <summary>The same of one example.</summary>
    public Span<float> Changes(int layer, int firstNeuron, int neurons, int example) =>
        _changes[layer].Span.Slice((firstNeuron * _examples) + (example * neurons), neurons);

    /// <summary>A row of zeros, for as many examples, again and again: where sums of transposed errors start.</summary>
    public Strided Zeros => new(ref _zeros.First, 0, 1);

    /// <summary>BP1: δ^L = ∂C/∂a ⊙ σ'(z^L).</summary>
    [MethodImpl(HotPath.Code)]
    public void StartFrom(Cost cost, Batch batch, ReadOnlySpan<int> labels)
    {
        for (int s = 0; s < batch.Count; s++)
        {
            Span<float> errors = _errors[^1].Row(s);
            cost.OutputError(batch.Output(s), labels[s], errors[.._outputCount]);
            Subnormals.ToZero(errors);
        }

        _errors[^1].FromColumn(0).TransposeTo(_transposed[^1].FromColumn(0), batch.Count, _outputCount);
    }
}
