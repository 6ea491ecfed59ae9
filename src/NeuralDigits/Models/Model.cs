namespace NeuralDigits;

/// <summary>A trained network with what is needed to use it: what its inputs and its outputs mean.</summary>
public sealed record Model
{
    /// <summary>The input scaling of models whose inputs are pixels: see <see cref="Pixel"/>.</summary>
    public const string PixelScaling = "pixel / 255";

    /// <summary>The input scaling of models that take their features as they come.</summary>
    public const string NoScaling = "none";

    /// <summary>Makes a model.</summary>
    /// <param name="network">The network.</param>
    /// <param name="labels">The names of the classes, one for each output, all different.</param>
    /// <param name="inputScaling">How an input is made from what was measured: <see cref="PixelScaling"/> or <see cref="NoScaling"/>.</param>
    /// <exception cref="ArgumentException">The labels do not fit the network, or two are equal, or there is no such scaling.</exception>
    public Model(Network network, IReadOnlyList<string> labels, string inputScaling)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Count != network.OutputCount)
            throw new ArgumentException($"The network has {network.OutputCount} outputs, but there are {labels.Count} labels.", nameof(labels));
        string? twice = labels.GroupBy(label => label, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1)?.Key;
        if (twice is not null)
            throw new ArgumentException($"The label '{Excerpt.Of(twice)}' occurs more than once.", nameof(labels));
        if (inputScaling is not (PixelScaling or NoScaling))
            throw new ArgumentException($"The input scaling is '{Excerpt.Of(inputScaling)}'; expected '{PixelScaling}' or '{NoScaling}'.", nameof(inputScaling));
        Network = network;
        Labels = labels;
        InputScaling = inputScaling;
    }

    /// <summary>The network.</summary>
    public Network Network { get; }

    /// <summary>The names of the classes, one for each output.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>How an input is made from what was measured.</summary>
    public string InputScaling { get; }
}
