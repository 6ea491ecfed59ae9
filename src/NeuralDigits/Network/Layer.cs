namespace NeuralDigits;

/// <summary>
/// One layer of sigmoid neurons: a^l = σ(w^l a^(l-1) + b^l), with w^l of shape [outputs, inputs].
/// </summary>
/// <remarks>
/// The weights are kept input-major: all weights that leave one input lie side by side, so that an input of zero
/// costs nothing and any other is one multiply-add for each vector of neurons. Rows are padded to whole vectors;
/// the padding stays zero.
/// </remarks>
public sealed class Layer
{
    // The widest vector in sight has 16 floats (AVX-512). The layout is the same on every machine.
    private const int PaddingUnit = 16;

    /// <summary>Makes a layer from its parameters.</summary>
    /// <param name="inputCount">The number of inputs, at least 1.</param>
    /// <param name="outputCount">The number of neurons, at least 1.</param>
    /// <param name="weights">The weights, row-major of shape [outputs, inputs]; all finite.</param>
    /// <param name="biases">The biases, of shape [outputs]; all finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is below 1.</exception>
    /// <exception cref="ArgumentException">The spans do not have the sizes of the shapes, or a number is not finite.</exception>
    public Layer(int inputCount, int outputCount, ReadOnlySpan<float> weights, ReadOnlySpan<float> biases)
        : this(inputCount, outputCount)
    {
        CheckParameters("weights", weights, (long)inputCount * outputCount);
        CheckParameters("biases", biases, outputCount);
        for (int output = 0; output < outputCount; output++)
        {
            for (int input = 0; input < inputCount; input++)
                WeightData[(input * Stride) + output] = weights[(output * inputCount) + input];
        }

        biases.CopyTo(BiasData);
    }

    /// <summary>Makes a layer whose parameters are all zero, to be filled by the caller.</summary>
    internal Layer(int inputCount, int outputCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputCount, 1);
        InputCount = inputCount;
        OutputCount = outputCount;
        Stride = Padded(outputCount);
        WeightData = new float[checked(inputCount * Stride)];
        BiasData = new float[Stride];
    }

    /// <summary>The number of inputs.</summary>
    public int InputCount { get; }

    /// <summary>The number of neurons.</summary>
    public int OutputCount { get; }

    /// <summary>The biases, of shape [outputs].</summary>
    public ReadOnlySpan<float> Biases => BiasData.AsSpan(0, OutputCount);

    /// <summary>The number of floats from one input's weights to the next one's.</summary>
    internal int Stride { get; }

    /// <summary>The weights, input-major of shape [inputs, stride]; columns from the output count on are zero.</summary>
    internal float[] WeightData { get; }

    /// <summary>The biases, of shape [stride]; values from the output count on are zero.</summary>
    internal float[] BiasData { get; }

    /// <summary>The weight from an input to a neuron: w^l_jk with j the neuron and k the input.</summary>
    /// <param name="output">The neuron, from 0.</param>
    /// <param name="input">The input, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside the layer.</exception>
    public float Weight(int output, int input)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(output);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(output, OutputCount);
        ArgumentOutOfRangeException.ThrowIfNegative(input);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(input, InputCount);
        return WeightData[(input * Stride) + output];
    }

    /// <summary>Copies the weights out, row-major of shape [outputs, inputs].</summary>
    /// <param name="destination">Room for at least outputs x inputs values.</param>
    /// <exception cref="ArgumentException">The destination is too small.</exception>
    public void CopyWeightsTo(Span<float> destination)
    {
        if (destination.Length < (long)OutputCount * InputCount)
        {
            throw new ArgumentException(
                $"The weights are {OutputCount} x {InputCount} values; there is room for {destination.Length}.", nameof(destination));
        }

        for (int output = 0; output < OutputCount; output++)
        {
            for (int input = 0; input < InputCount; input++)
                destination[(output * InputCount) + input] = WeightData[(input * Stride) + output];
        }
    }

    internal static int Padded(int count) => checked((count + PaddingUnit - 1) / PaddingUnit * PaddingUnit);

    internal Layer Clone()
    {
        var clone = new Layer(InputCount, OutputCount);
        WeightData.CopyTo(clone.WeightData, 0);
        BiasData.CopyTo(clone.BiasData, 0);
        return clone;
    }

    private static void CheckParameters(string what, ReadOnlySpan<float> values, long expected)
    {
        if (values.Length != expected)
            throw new ArgumentException($"The layer needs {expected} {what}, but {values.Length} were given.", what);
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
                throw new ArgumentException($"Value {i} of the {what} is {values[i]}; parameters are finite numbers.", what);
        }
    }
}
