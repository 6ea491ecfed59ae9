namespace NeuralDigits;

/// <summary>The activations of all layers for one example: what the forward pass leaves for the backward pass.</summary>
internal sealed class LayerActivations
{
    private readonly float[][] _activations;
    private readonly int[][] _indices;
    private readonly int _outputCount;

    public LayerActivations(Network network)
    {
        _activations = [.. network.Layers.Select(layer => new float[layer.Stride])];
        _indices = [.. network.Layers.Select(layer => Enumerable.Range(0, layer.OutputCount).ToArray())];
        _outputCount = network.OutputCount;
    }

    /// <summary>The activations of the output layer.</summary>
    public ReadOnlySpan<float> Output => _activations[^1].AsSpan(0, _outputCount);

    /// <summary>A layer's activations, padded to [stride]; the padding is zero.</summary>
    public ReadOnlySpan<float> OfLayer(int layer) => _activations[layer];

    /// <summary>A layer's activations as the inputs of the next layer.</summary>
    public SparseRow AsInputs(int layer) => new(_indices[layer], _activations[layer]);

    /// <summary>a^l = σ(w^l a^(l-1) + b^l), for l = 1, 2, ..., L.</summary>
    public void Feedforward(Network network, SparseRow inputs)
    {
        for (int l = 0; l < _activations.Length; l++)
        {
            Layer layer = network.Layers[l];
            Span<float> activations = _activations[l];
            LayerKernels.WeightedInputs(layer.WeightData, layer.BiasData, l == 0 ? inputs : AsInputs(l - 1), activations);
            Sigmoid.Apply(activations);

            // σ(0) is 1/2: without this the padding would learn.
            activations[layer.OutputCount..].Clear();
        }
    }
}
