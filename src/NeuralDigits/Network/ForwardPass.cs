namespace NeuralDigits;

/// <summary>
/// The feedforward of one network with its own buffers: no allocation from the second run on. For one thread.
/// </summary>
public sealed class ForwardPass
{
    private readonly Network _network;
    private readonly NetworkSlice _whole;
    private readonly Batch _batch;

    /// <summary>Makes the buffers for a network.</summary>
    /// <param name="network">The network; a change of its parameters is seen by the next run.</param>
    public ForwardPass(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        _network = network;
        _whole = new NetworkSlice(network);
        _batch = new Batch(network);
    }

    /// <summary>The activations of the output layer.</summary>
    /// <param name="features">The inputs, as many as the network takes.</param>
    /// <returns>One value from 0 to 1 for each class; overwritten by the next run.</returns>
    /// <exception cref="ArgumentException">The number of features is wrong.</exception>
    public ReadOnlySpan<float> Run(ReadOnlySpan<float> features)
    {
        CheckWidth(features.Length);
        _batch.Load(features);
        return Run();
    }

    /// <summary>The activations of the output layer for an image.</summary>
    /// <param name="pixels">The image's pixels, as many as the network has inputs.</param>
    /// <returns>One value from 0 to 1 for each class; overwritten by the next run.</returns>
    /// <exception cref="ArgumentException">The number of pixels is wrong.</exception>
    public ReadOnlySpan<float> Run(ReadOnlySpan<byte> pixels)
    {
        CheckWidth(pixels.Length);
        _batch.Load(pixels);
        return Run();
    }

    private ReadOnlySpan<float> Run()
    {
        _whole.Feedforward(_batch);
        return _batch.Output(0);
    }

    private void CheckWidth(int width)
    {
        if (width != _network.InputCount)
            throw new ArgumentException($"The network takes {_network.InputCount} inputs, but {width} were given.");
    }
}
