using System.Collections.ObjectModel;
using System.Runtime.InteropServices;

namespace NeuralDigits.ML;

/// <summary>What <see cref="SigmoidMlpTrainer"/> has learnt: the network, what its outputs mean, and how it was trained.</summary>
public sealed class SigmoidMlpModelParameters
{
    private readonly Model _model;

    internal SigmoidMlpModelParameters(Model model, ClassLabels classes, TrainingRecord? training)
    {
        _model = model;
        Classes = classes;
        Training = training;
    }

    /// <summary>The trained network.</summary>
    public Network Network => _model.Network;

    /// <summary>The sizes of the layers, of which the first is the number of features and the last that of classes.</summary>
    public IReadOnlyList<int> Sizes => Network.Sizes;

    /// <summary>The layers that compute, first to last: one fewer than there are sizes.</summary>
    public IReadOnlyList<Layer> Layers => Network.Layers;

    /// <summary>The names of the classes, one for each output: the values of the label as texts.</summary>
    public IReadOnlyList<string> Labels => _model.Labels;

    /// <summary>The seed of the training; null if the network was not trained by ML.NET.</summary>
    public int? Seed => Training?.Seed;

    /// <summary>
    /// The epoch, from 0, after which the network is: the last one, or the best one if the training was cancelled. Null if the network was
    /// not trained by ML.NET.
    /// </summary>
    public int? Epoch => Training?.Epoch;

    /// <summary>What was known after each epoch of the training, in order; empty if the network was not trained by ML.NET.</summary>
    /// <remarks>Of a network that was trained further, these are the epochs of its last training. A saved model keeps them.</remarks>
    public IReadOnlyList<EpochSummary> History => Training?.History ?? [];

    /// <summary>
    /// The options that decided about the result, by their names, as texts that do not depend on the culture; empty if the network was not
    /// trained by ML.NET. A saved model keeps them.
    /// </summary>
    public IReadOnlyDictionary<string, string> Hyperparameters =>
        Training?.Hyperparameters ?? ReadOnlyDictionary<string, string>.Empty;

    internal ClassLabels Classes { get; }

    internal TrainingRecord? Training { get; }

    /// <summary>A copy of the weights of a layer.</summary>
    /// <param name="layer">The layer, from 0 to the number of <see cref="Layers"/> - 1.</param>
    /// <returns>The weights, [outputs, inputs]: a row for each neuron of the layer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public float[,] GetWeights(int layer)
    {
        Layer from = LayerAt(layer);
        var weights = new float[from.OutputCount, from.InputCount];
        from.CopyWeightsTo(MemoryMarshal.CreateSpan(ref weights[0, 0], weights.Length));
        return weights;
    }

    /// <summary>A copy of the biases of a layer.</summary>
    /// <param name="layer">The layer, from 0 to the number of <see cref="Layers"/> - 1.</param>
    /// <returns>The biases, [outputs].</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public float[] GetBiases(int layer)
    {
        Layer from = LayerAt(layer);
        var biases = new float[from.OutputCount];
        from.CopyBiasesTo(biases);
        return biases;
    }

    /// <summary>The network as a model that can do without ML.NET, for <see cref="ModelFile"/>.</summary>
    public Model ToModel() => _model;

    internal SigmoidMlpModelParameters WithInputScaling(string inputScaling) =>
        new(new Model(Network, Labels, inputScaling), Classes, Training);

    private Layer LayerAt(int layer)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(layer);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(layer, Layers.Count);
        return Layers[layer];
    }
}
