namespace NeuralDigits;

/// <summary>
/// A sigmoid neuron: inputs x of any size, one output σ(w · x + b) between 0 and 1.
/// </summary>
/// <remarks>
/// A small change of a weight or of the bias makes a small change of the output (Nielsen, chapter 1, equations 3
/// to 5), which is what lets a network learn. Multiply all weights and the bias by a growing positive number, and
/// in the limit the neuron becomes the <see cref="Perceptron"/> with the same weights and bias.
/// </remarks>
public sealed class SigmoidNeuron
{
    private readonly float[] _weights;

    /// <summary>Makes a sigmoid neuron.</summary>
    /// <param name="weights">One weight an input; at least one, all finite.</param>
    /// <param name="bias">The bias; finite.</param>
    /// <exception cref="ArgumentException">There is no weight, or a number is not finite.</exception>
    public SigmoidNeuron(ReadOnlySpan<float> weights, float bias)
    {
        Neuron.Check(weights, bias);
        _weights = weights.ToArray();
        Bias = bias;
    }

    /// <summary>The weights, one an input.</summary>
    public ReadOnlySpan<float> Weights => _weights;

    /// <summary>The bias.</summary>
    public float Bias { get; }

    /// <summary>The weighted input z = w · x + b: the bias plus the inputs in ascending order.</summary>
    /// <param name="inputs">As many values as there are weights.</param>
    /// <exception cref="ArgumentException">The number of inputs is wrong.</exception>
    public float WeightedInput(ReadOnlySpan<float> inputs)
    {
        Neuron.CheckCount(inputs.Length, _weights.Length);
        float weightedInput = Bias;
        for (int i = 0; i < inputs.Length; i++)
            weightedInput = MathF.FusedMultiplyAdd(inputs[i], _weights[i], weightedInput);
        return weightedInput;
    }

    /// <summary>The activation σ(w · x + b).</summary>
    /// <param name="inputs">As many values as there are weights.</param>
    /// <returns>A value from 0 to 1.</returns>
    /// <exception cref="ArgumentException">The number of inputs is wrong.</exception>
    public float Output(ReadOnlySpan<float> inputs) => Sigmoid.Of(WeightedInput(inputs));
}
