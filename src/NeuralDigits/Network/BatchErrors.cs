using System.Runtime.CompilerServices;

namespace NeuralDigits;

/// <summary>The errors δ of all layers for the examples of a batch, each layer's in two orientations.</summary>
internal sealed class BatchErrors
{
    private readonly Matrix[] _errors;
    private readonly Matrix[] _transposed;
    private readonly int _outputCount;

    public BatchErrors(Network network, int capacity)
    {
        _errors = [.. network.Layers.Select(layer => new Matrix(capacity, layer.Stride))];
        _transposed = [.. network.Layers.Select(layer => new Matrix(layer.OutputCount, Layer.Padded(capacity)))];
        _outputCount = network.OutputCount;
    }

    // Shares the hidden layers' errors with others, and has its own of the output layer.
    private BatchErrors(BatchErrors shared, Network network, int capacity)
    {
        var own = new BatchErrors(network, capacity);
        _errors = [.. shared._errors[..^1], own._errors[^1]];
        _transposed = [.. shared._transposed[..^1], own._transposed[^1]];
        _outputCount = network.OutputCount;
    }

    /// <summary>δ^l, [examples, stride]; the padding is zero.</summary>
    public Matrix Of(int layer) => _errors[layer];

    /// <summary>δ^l, [outputs, examples].</summary>
    public Matrix TransposedOf(int layer) => _transposed[layer];

    /// <summary>BP1: δ^L = ∂C/∂a ⊙ σ'(z^L).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void StartFrom(Cost cost, Batch batch, ReadOnlySpan<int> labels)
    {
        for (int s = 0; s < batch.Count; s++)
        {
            Span<float> error = _errors[^1].Row(s)[.._outputCount];
            cost.OutputError(batch.Output(s), labels[s], error);
            for (int j = 0; j < error.Length; j++)
                _transposed[^1].Row(j)[s] = error[j];
        }
    }

    /// <summary>For another thread: the same errors of the hidden layers, and its own of the output layer.</summary>
    public BatchErrors WithOwnOutput(Network network, int capacity) => new(this, network, capacity);
}
