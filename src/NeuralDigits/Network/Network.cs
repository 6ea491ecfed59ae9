using System.Numerics;
using System.Runtime.InteropServices;

namespace NeuralDigits;

/// <summary>
/// A network of sigmoid neurons, layer upon layer, each fully connected to the one before.
/// </summary>
/// <remarks>
/// Given by the list of its layer sizes, of which the first is the number of inputs: [784, 60, 10] is a
/// network for 28 x 28 pixels and ten digits. A network that is not being trained may be used
/// from many threads at once.
/// </remarks>
public sealed class Network
{
    private readonly Layer[] _layers;
    private ForwardPass? _spare;

    /// <summary>Makes a network of given layers.</summary>
    /// <param name="layers">At least one layer; each has as many inputs as the one before has outputs.</param>
    /// <exception cref="ArgumentException">There is no layer, or two neighbours do not fit.</exception>
    public Network(IReadOnlyList<Layer> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        if (layers.Count == 0)
            throw new ArgumentException("A network needs at least one layer.", nameof(layers));
        for (int i = 1; i < layers.Count; i++)
        {
            if (layers[i].InputCount != layers[i - 1].OutputCount)
            {
                throw new ArgumentException(
                    $"Layer {i + 1} takes {layers[i].InputCount} inputs, but layer {i} has {layers[i - 1].OutputCount} outputs.", nameof(layers));
            }
        }

        _layers = [.. layers];
        Sizes = [layers[0].InputCount, .. layers.Select(layer => layer.OutputCount)];
    }

    /// <summary>The layer sizes, of which the first is the number of inputs.</summary>
    public IReadOnlyList<int> Sizes { get; }

    /// <summary>The layers that compute: one fewer than there are sizes.</summary>
    public IReadOnlyList<Layer> Layers => _layers;

    /// <summary>The number of inputs.</summary>
    public int InputCount => _layers[0].InputCount;

    /// <summary>The number of outputs: the classes.</summary>
    public int OutputCount => _layers[^1].OutputCount;

    /// <summary>The number of weights and biases of all layers.</summary>
    public long ParameterCount => _layers.Sum(layer => (layer.InputCount + 1L) * layer.OutputCount);

    /// <summary>The activations of the output layer: a^l = σ(w^l a^(l-1) + b^l), layer after layer.</summary>
    /// <param name="features">The inputs, as many as <see cref="InputCount"/>.</param>
    /// <param name="activations">The result, <see cref="OutputCount"/> values from 0 to 1.</param>
    /// <exception cref="ArgumentException">A span has the wrong length.</exception>
    /// <seealso cref="ForwardPass"/>
    public void Feedforward(ReadOnlySpan<float> features, Span<float> activations)
    {
        // One pass is kept for the next caller. Threads that find none make their own.
        ForwardPass pass = Interlocked.Exchange(ref _spare, null) ?? new ForwardPass(this);
        try
        {
            pass.Run(features).CopyTo(activations);
        }
        finally
        {
            _spare = pass;
        }
    }

    /// <summary>The class whose output has the largest activation; of equals, the lowest.</summary>
    /// <param name="features">The inputs, as many as <see cref="InputCount"/>.</param>
    /// <returns>A class from 0 to <see cref="OutputCount"/> - 1.</returns>
    /// <exception cref="ArgumentException">The number of features is wrong.</exception>
    public int Predict(ReadOnlySpan<float> features)
    {
        Span<float> activations = OutputCount <= 256 ? stackalloc float[OutputCount] : new float[OutputCount];
        Feedforward(features, activations);
        return Scores.ArgMax(activations);
    }

    /// <summary>
    /// Makes +0 of each parameter that is -0. Only by such zeros can networks differ that were trained with other rows taken together: what is
    /// zero in all of them is left out, and a product with zero turns -0 into +0.
    /// </summary>
    /// <returns>Whether all parameters are finite numbers.</returns>
    internal bool Settle()
    {
        bool isFinite = true;
        foreach (Layer layer in _layers)
            isFinite &= Settle(layer.Parameters);
        return isFinite;
    }

    private static bool Settle(Span<float> parameters)
    {
        Vector<float> difference = Vector<float>.Zero;
        foreach (ref Vector<float> some in MemoryMarshal.Cast<float, Vector<float>>(parameters))
        {
            some += Vector<float>.Zero;
            difference += some - some;
        }

        return difference == Vector<float>.Zero;
    }

    /// <summary>Takes over the parameters of a network of the same shape, whatever its panels.</summary>
    internal void CopyFrom(Network other)
    {
        for (int l = 0; l < _layers.Length; l++)
            _layers[l].CopyFrom(other._layers[l]);
    }

    /// <summary>A copy, with panels of the widths that are given for each layer, or of the same.</summary>
    internal Network Clone(Func<Layer, int>? panelWidth = null) => new([.. _layers.Select(layer => layer.Clone(panelWidth?.Invoke(layer)))]);
}
