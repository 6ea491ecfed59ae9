namespace NeuralDigits.ML;

/// <summary>What <see cref="SigmoidMlpTrainer"/> has learnt: the network and what its outputs mean.</summary>
public sealed class SigmoidMlpModelParameters
{
    private readonly Model _model;

    internal SigmoidMlpModelParameters(Network network, ClassLabels classes, string inputScaling, int? seed)
        : this(new Model(network, classes.Names, inputScaling), classes, seed)
    {
    }

    internal SigmoidMlpModelParameters(Model model, ClassLabels classes, int? seed)
    {
        _model = model;
        Classes = classes;
        Seed = seed;
    }

    /// <summary>The trained network.</summary>
    public Network Network => _model.Network;

    /// <summary>The names of the classes, one for each output: the values of the label as texts.</summary>
    public IReadOnlyList<string> Labels => _model.Labels;

    /// <summary>The seed of the training; null if the network was not trained by ML.NET.</summary>
    public int? Seed { get; }

    internal ClassLabels Classes { get; }

    /// <summary>The network as a model that can do without ML.NET, for <see cref="ModelFile"/>.</summary>
    public Model ToModel() => _model;
}
