namespace NeuralDigits;

/// <summary>What every kind of neuron asks of its parameters and inputs.</summary>
internal static class Neuron
{
    public static void Check(ReadOnlySpan<float> weights, float bias)
    {
        if (weights.IsEmpty)
            throw new ArgumentException("A neuron needs at least one weight.", nameof(weights));
        for (int i = 0; i < weights.Length; i++)
        {
            if (!float.IsFinite(weights[i]))
                throw new ArgumentException($"Weight {i} is {weights[i]}; weights are finite numbers.", nameof(weights));
        }

        if (!float.IsFinite(bias))
            throw new ArgumentException($"The bias is {bias}; a bias is a finite number.", nameof(bias));
    }

    public static void CheckCount(int inputs, int weights)
    {
        if (inputs != weights)
            throw new ArgumentException($"The neuron has {weights} weights but was given {inputs} inputs.", nameof(inputs));
    }
}
