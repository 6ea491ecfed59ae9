namespace NeuralDigits;

/// <summary>
/// Rosenblatt's perceptron: binary inputs x, one binary output, 1 where w · x + b > 0 and 0 elsewhere.
/// </summary>
/// <remarks>
/// The bias b is the negative of the threshold that the weighted sum has to exceed (Nielsen, "Neural Networks and
/// Deep Learning", chapter 1, equation 2). Two inputs with weights -2 and a bias of 3 make a NAND gate, from which
/// any computation can be built.
/// </remarks>
public sealed class Perceptron
{
    private readonly float[] _weights;

    /// <summary>Makes a perceptron.</summary>
    /// <param name="weights">One weight an input; at least one, all finite.</param>
    /// <param name="bias">The negative threshold; finite.</param>
    /// <exception cref="ArgumentException">There is no weight, or a number is not finite.</exception>
    public Perceptron(ReadOnlySpan<float> weights, float bias)
    {
        Neuron.Check(weights, bias);
        _weights = weights.ToArray();
        Bias = bias;
    }

    /// <summary>The weights, one an input.</summary>
    public ReadOnlySpan<float> Weights => _weights;

    /// <summary>The bias: the negative threshold.</summary>
    public float Bias { get; }

    /// <summary>The output for binary inputs.</summary>
    /// <param name="inputs">As many values as there are weights, each 0 or 1.</param>
    /// <returns>1 where w · x + b > 0, else 0.</returns>
    /// <exception cref="ArgumentException">The number of inputs is wrong, or an input is neither 0 nor 1.</exception>
    public int Output(ReadOnlySpan<int> inputs)
    {
        Neuron.CheckCount(inputs.Length, _weights.Length);
        float weightedInput = Bias;
        for (int i = 0; i < inputs.Length; i++)
        {
            if (inputs[i] is not (0 or 1))
                throw new ArgumentException($"Input {i} is {inputs[i]}; a perceptron's inputs are 0 or 1.", nameof(inputs));
            if (inputs[i] == 1)
                weightedInput += _weights[i];
        }

        return weightedInput > 0 ? 1 : 0;
    }
}
