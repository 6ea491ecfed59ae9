using System.Runtime.CompilerServices;

namespace NeuralDigits;

/// <summary>The errors δ of all layers for the examples of a batch, each layer's in two orientations.</summary>
internal sealed class BatchErrors
{
    private readonly Matrix[] _errors;
    private readonly Matrix[] _transposed;
    private readonly AlignedFloats _zeros;
    private readonly int _outputCount;

    /// <param name="network">The network.</param>
    /// <param name="capacity">The most examples at a time.</param>
    /// <param name="shared">The errors of another thread, of which each needs the other's to propagate them back; null for none.</param>
    /// <param name="sharedLayers">Of how many layers, from the first on. Those of the last are always own.</param>
    public BatchErrors(Network network, int capacity, BatchErrors? shared = null, int sharedLayers = 0)
    {
        int examples = Layer.Padded(capacity);
        _errors = [.. network.Layers.Select(layer => new Matrix(examples, layer.Stride))];

        // Those of the first layer go no further back: what no thread needs of another is to share no line of the cache.
        int sharedEnd = shared is null ? 0 : Math.Min(sharedLayers, network.Layers.Count - 1);
        _transposed = [.. network.Layers.Select((layer, l) => l > 0 && l < sharedEnd ? shared!._transposed[l] : new Matrix(layer.Stride, examples))];
        _zeros = new AlignedFloats(examples);
        _outputCount = network.OutputCount;
    }

    /// <summary>δ^l, [examples, stride]; the padding is zero.</summary>
    public Matrix Of(int layer) => _errors[layer];

    /// <summary>δ^l, [outputs, examples].</summary>
    public Matrix TransposedOf(int layer) => _transposed[layer];

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
