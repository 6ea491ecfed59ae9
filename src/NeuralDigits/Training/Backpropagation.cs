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
/// Targets are one-hot: 1 at the output of the example's class, 0 at the others. An error smaller than the smallest normal
/// float, 2^-126, counts as zero.
/// </remarks>
public sealed class Backpropagation
{
    private readonly Network _network;
    private readonly Cost _cost;

    /// <summary>Prepares backpropagation through a network.</summary>
    /// <param name="network">The network; a change of its parameters is seen by the next gradient.</param>
    /// <param name="cost">The cost.</param>
    public Backpropagation(Network network, Cost cost)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(cost);
        _network = network;
        _cost = cost;
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

        var batch = new Batch(_network);
        var whole = new NetworkSlice(_network);
        var errors = new BatchErrors(whole, capacity: 1);
        batch.Load(features);
        Propagate(whole, batch, label, errors);
        return [.. Enumerable.Range(0, _network.Layers.Count).Select(l => GradientOfLayer(l, batch, errors))];
    }

    private void Propagate(NetworkSlice whole, Batch batch, int label, BatchErrors errors)
    {
        whole.Feedforward(batch);
        errors.StartFrom(_cost, batch, [label]); // BP1
        for (int l = _network.Layers.Count - 2; l >= 0; l--)
            whole.PropagateBack(l, batch, errors); // BP2
    }

    private LayerGradient GradientOfLayer(int l, Batch batch, BatchErrors errors)
    {
        // The gradient is what a network of zeros becomes when it takes one step of length 1 (BP3, BP4).
        Layer layer = _network.Layers[l];
        var gradient = new Layer(layer.InputCount, layer.OutputCount, layer.PanelWidth);
        var slice = new NetworkSlice(Replace(l, gradient));
        slice.ScaleErrorsAndUpdateBiases(l, errors, [1]);
        slice.UpdateAndFeedforward(l, batch, errors, null);
        var weights = new float[layer.OutputCount * layer.InputCount];
        gradient.CopyWeightsTo(weights);
        var biases = new float[layer.OutputCount];
        gradient.CopyBiasesTo(biases);
        return new LayerGradient(weights, biases);
    }

    private Network Replace(int l, Layer layer) => new([.. _network.Layers.Select((old, i) => i == l ? layer : old)]);
}
