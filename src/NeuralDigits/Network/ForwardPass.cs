namespace NeuralDigits;

/// <summary>
/// The feedforward of one network with its own buffers: no allocation from the second run on. For one thread.
/// </summary>
public sealed class ForwardPass
{
    private readonly Network _network;
    private readonly SparseRowBuffer _inputs;
    private readonly LayerActivations _activations;

    /// <summary>Makes the buffers for a network.</summary>
    /// <param name="network">The network; a change of its parameters is seen by the next run.</param>
    public ForwardPass(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        _network = network;
        _inputs = new SparseRowBuffer(network.InputCount);
        _activations = new LayerActivations(network);
    }

    /// <summary>The activations of the output layer.</summary>
    /// <param name="features">The inputs, as many as the network takes.</param>
    /// <returns>One value from 0 to 1 for each class; overwritten by the next run.</returns>
    /// <exception cref="ArgumentException">The number of features is wrong.</exception>
    public ReadOnlySpan<float> Run(ReadOnlySpan<float> features)
    {
        CheckWidth(features.Length);
        return Run(_inputs.FromFeatures(features));
    }

    /// <summary>The activations of the output layer for an image.</summary>
    /// <param name="pixels">The image's pixels, as many as the network has inputs.</param>
    /// <returns>One value from 0 to 1 for each class; overwritten by the next run.</returns>
    /// <exception cref="ArgumentException">The number of pixels is wrong.</exception>
    public ReadOnlySpan<float> Run(ReadOnlySpan<byte> pixels)
    {
        CheckWidth(pixels.Length);
        return Run(_inputs.FromPixels(pixels));
    }

    internal ReadOnlySpan<float> Run(SparseRow inputs)
    {
        _activations.Feedforward(_network, inputs);
        return _activations.Output;
    }

    private void CheckWidth(int width)
    {
        if (width != _network.InputCount)
            throw new ArgumentException($"The network takes {_network.InputCount} inputs, but {width} were given.");
    }
}
