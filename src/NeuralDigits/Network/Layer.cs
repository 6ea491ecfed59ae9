using System.Runtime.CompilerServices;

namespace NeuralDigits;

/// <summary>
/// One layer of sigmoid neurons: a^l = σ(w^l a^(l-1) + b^l), with w^l of shape [outputs, inputs].
/// </summary>
/// <remarks>
/// The parameters are kept in panels of some neurons, each panel input-major: the weights that lead from one input to the
/// panel's neurons lie side by side. An input of zero then costs nothing, any other one multiply-add for each vector of
/// neurons, and a panel is read from memory front to back. Behind the weights lie the panel's biases, apart from those of
/// other panels, which other threads may train. The neurons are padded to whole vectors; the padding stays zero.
/// </remarks>
public sealed class Layer
{
    /// <summary>The neurons of a layer are padded to a multiple of this: the widest vector in sight, that of AVX-512.</summary>
    internal const int PaddingUnit = 16;

    /// <summary>The most neurons in a panel: as many as the kernels of this machine take at a time. It changes no result.</summary>
    internal static int WidestPanel { get; } = Math.Max(LayerKernels.Best.ColumnsTogether, PaddingUnit);

    private readonly AlignedFloats _parameters;

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
                WeightAt(output, input) = weights[(output * inputCount) + input];
            BiasAt(output) = biases[output];
        }
    }

    /// <summary>Makes a layer whose parameters are all zero, to be filled by the caller.</summary>
    /// <param name="inputCount">The number of inputs, at least 1.</param>
    /// <param name="outputCount">The number of neurons, at least 1.</param>
    /// <param name="panelWidth">The neurons of a full panel, padding included; a multiple of <see cref="PaddingUnit"/>;
    /// null for <see cref="WidestPanel"/>.</param>
    internal Layer(int inputCount, int outputCount, int? panelWidth = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputCount, 1);
        InputCount = inputCount;
        OutputCount = outputCount;
        Stride = Padded(outputCount);
        PanelWidth = panelWidth ?? WidestPanel;
        _parameters = new AlignedFloats(checked((inputCount + 1) * Stride));
        Panels = new NeuronRange[(Stride + PanelWidth - 1) / PanelWidth];
        for (int panel = 0; panel < Panels.Length; panel++)
            Panels[panel] = new NeuronRange(panel * PanelWidth, Math.Min((panel + 1) * PanelWidth, Stride));
    }

    /// <summary>The number of inputs.</summary>
    public int InputCount { get; }

    /// <summary>The number of neurons.</summary>
    public int OutputCount { get; }

    /// <summary>The number of neurons, padded to whole vectors.</summary>
    internal int Stride { get; }

    /// <summary>The neurons of a full panel; the last may have fewer.</summary>
    internal int PanelWidth { get; }

    /// <summary>The neurons of each panel.</summary>
    internal NeuronRange[] Panels { get; }

    /// <summary>All weights and biases, panel after panel; those of the padding are zero.</summary>
    internal Span<float> Parameters => _parameters.Span;

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
        return WeightAt(output, input);
    }

    /// <summary>The bias of a neuron: b^l_j with j the neuron.</summary>
    /// <param name="output">The neuron, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is outside the layer.</exception>
    public float Bias(int output)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(output);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(output, OutputCount);
        return BiasAt(output);
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
                destination[(output * InputCount) + input] = WeightAt(output, input);
        }
    }

    /// <summary>Copies the biases out, of shape [outputs].</summary>
    /// <param name="destination">Room for at least outputs values.</param>
    /// <exception cref="ArgumentException">The destination is too small.</exception>
    public void CopyBiasesTo(Span<float> destination)
    {
        if (destination.Length < OutputCount)
            throw new ArgumentException($"The biases are {OutputCount} values; there is room for {destination.Length}.", nameof(destination));
        for (int output = 0; output < OutputCount; output++)
            destination[output] = BiasAt(output);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref float WeightAt(int output, int input) => ref Parameters[Place(output, input)];

    internal ref float BiasAt(int output) => ref WeightAt(output, InputCount);

    /// <summary>The weights of one panel, [inputs, neurons], for the kernels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Strided Weights(NeuronRange panel) => new(ref WeightAt(panel.First, 0), panel.Count, 1);

    /// <summary>The biases of one panel, [neurons].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Span<float> Biases(NeuronRange panel) => Parameters.Slice(Place(panel.First, InputCount), panel.Count);

    /// <summary>Some neurons without the padding among them.</summary>
    internal NeuronRange WithoutPadding(NeuronRange neurons) => neurons with { End = Math.Min(neurons.End, OutputCount) };

    internal static int Padded(int count, int unit = PaddingUnit) => checked((count + unit - 1) / unit * unit);

    /// <summary>A copy, with panels of another width if one is given.</summary>
    internal Layer Clone(int? panelWidth = null)
    {
        var clone = new Layer(InputCount, OutputCount, panelWidth ?? PanelWidth);
        clone.CopyFrom(this);
        return clone;
    }

    /// <summary>Takes over the parameters of a layer of the same shape, whatever its panels.</summary>
    internal void CopyFrom(Layer other)
    {
        if (other.PanelWidth == PanelWidth)
        {
            other.Parameters.CopyTo(Parameters);
            return;
        }

        int end;
        for (int output = 0; output < Stride; output = end)
        {
            end = Math.Min(PanelOf(output).End, other.PanelOf(output).End);
            for (int row = 0; row <= InputCount; row++)
                other.Parameters.Slice(other.Place(output, row), end - output).CopyTo(Parameters[Place(output, row)..]);
        }
    }

    // In a panel the biases are one more row, behind those of the inputs.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Place(int output, int row)
    {
        NeuronRange panel = PanelOf(output);
        return (panel.First * (InputCount + 1)) + (row * panel.Count) + (output - panel.First);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private NeuronRange PanelOf(int output) => Panels[output / PanelWidth];

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
