namespace NeuralDigits;

/// <summary>
/// Backpropagation: the errors δ of all layers, from the last to the first, and with them the gradient of the cost.
/// </summary>
/// <remarks>
/// The four equations are those of Nielsen's book, chapter 2:
/// <list type="table">
/// <item><term>BP1</term><description>δ^L = ∂C/∂a ⊙ σ'(z^L)</description></item>
/// <item><term>BP2</term><description>δ^l = (w^(l+1))ᵀ δ^(l+1) ⊙ σ'(z^l)</description></item>
/// <item><term>BP3</term><description>∂C/∂b^l_j = δ^l_j</description></item>
/// <item><term>BP4</term><description>∂C/∂w^l_jk = a^(l-1)_k δ^l_j</description></item>
/// </list>
/// Targets are one-hot: 1 at the output of the example's class, 0 at the others.
/// </remarks>
public sealed class Backpropagation
{
    private readonly Network _network;
    private readonly Cost _cost;

    // (w^l)ᵀ of each layer but the first: with it, BP2 runs along neurons like the forward pass.
    private readonly Layer?[] _transposed;

    /// <summary>Prepares backpropagation through a network.</summary>
    /// <param name="network">The network, as it is now: make a new object when its parameters have changed.</param>
    /// <param name="cost">The cost.</param>
    public Backpropagation(Network network, Cost cost)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(cost);
        _network = network;
        _cost = cost;
        _transposed = [null, .. network.Layers.Skip(1).Select(layer => new Layer(layer.OutputCount, layer.InputCount))];
        Refresh();
    }

    /// <summary>BP1 to BP4: the gradient of the cost of one example by all weights and biases.</summary>
    /// <param name="features">The example's features, as many as the network has inputs.</param>
    /// <param name="label">The example's class, from 0 to the number of outputs - 1.</param>
    /// <returns>One gradient for each layer, first to last.</returns>
    /// <exception cref="ArgumentException">The number of features is wrong.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The network has no such output.</exception>
    public IReadOnlyList<LayerGradient> Gradient(ReadOnlySpan<float> features, int label)
    {
        if (features.Length != _network.InputCount)
            throw new ArgumentException($"The network takes {_network.InputCount} inputs, but {features.Length} were given.", nameof(features));
        ArgumentOutOfRangeException.ThrowIfNegative(label);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(label, _network.OutputCount);

        var example = new ExampleErrors(_network);
        SparseRow inputs = new SparseRowBuffer(features.Length).FromFeatures(features);
        Propagate(inputs, label, example);
        return [.. Enumerable.Range(0, _network.Layers.Count).Select(l => GradientOfLayer(l, example))];
    }

    /// <summary>Takes over the network's present weights.</summary>
    internal void Refresh()
    {
        for (int l = 1; l < _transposed.Length; l++)
            Transpose(_network.Layers[l], _transposed[l]!);
    }

    /// <summary>The forward and the backward pass of one example: leaves activations and errors in <paramref name="example"/>.</summary>
    /// <returns>The example's cost.</returns>
    internal double Propagate(SparseRow inputs, int label, ExampleErrors example)
    {
        LayerActivations activations = example.Activations;
        example.KeepInputs(inputs);
        activations.Feedforward(_network, inputs);

        int last = _network.Layers.Count - 1;
        _cost.OutputError(activations.Output, label, example.Error(last)); // BP1
        for (int l = last - 1; l >= 0; l--)
        {
            Layer transposed = _transposed[l + 1]!;
            Span<float> error = example.PaddedError(l);
            LayerKernels.WeightedInputs(transposed.WeightData, transposed.BiasData, example.ErrorAsInputs(l + 1), error);
            MultiplyBySigmoidPrime(error, activations.OfLayer(l)); // BP2
        }

        return _cost.Value(activations.Output, label);
    }

    private LayerGradient GradientOfLayer(int l, ExampleErrors example)
    {
        Layer layer = _network.Layers[l];
        var gradient = new Layer(layer.InputCount, layer.OutputCount);
        LayerKernels.AddOuterProduct(gradient.WeightData, example.Inputs(l), example.PaddedError(l)); // BP4
        var weights = new float[layer.OutputCount * layer.InputCount];
        gradient.CopyWeightsTo(weights);
        return new LayerGradient(weights, example.Error(l).ToArray()); // BP3
    }

    // σ'(z) = a (1 - a), and 0 in the padding, where a is 0.
    private static void MultiplyBySigmoidPrime(Span<float> error, ReadOnlySpan<float> activations)
    {
        for (int j = 0; j < error.Length; j++)
            error[j] *= activations[j] * (1 - activations[j]);
    }

    private static void Transpose(Layer layer, Layer transposed)
    {
        for (int input = 0; input < layer.InputCount; input++)
        {
            for (int output = 0; output < layer.OutputCount; output++)
                transposed.WeightData[(output * transposed.Stride) + input] = layer.WeightData[(input * layer.Stride) + output];
        }
    }
}
