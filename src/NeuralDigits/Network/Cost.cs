namespace NeuralDigits;

/// <summary>A cost: how wrong the network's outputs are for one example, and in which direction.</summary>
/// <remarks>Its methods may be called from several threads at once, and give the same for the same arguments.</remarks>
public abstract class Cost
{
    /// <summary>The quadratic cost of Nielsen's book, chapter 1, equation 6.</summary>
    public static Cost Quadratic { get; } = new QuadraticCost();

    /// <summary>The name by which a model's manifest calls this cost.</summary>
    public abstract string Name { get; }

    /// <summary>The cost C of one example. That of a set is the mean over its examples.</summary>
    /// <param name="activations">The output layer's activations a^L.</param>
    /// <param name="label">The example's class; the target y is 1 at its output and 0 at the others.</param>
    public abstract double Value(ReadOnlySpan<float> activations, int label);

    /// <summary>BP1: the error δ^L of the output layer, ∂C/∂a ⊙ σ'(z).</summary>
    /// <param name="activations">The output layer's activations a^L.</param>
    /// <param name="label">The example's class.</param>
    /// <param name="outputError">The result, one value for each output.</param>
    public abstract void OutputError(ReadOnlySpan<float> activations, int label, Span<float> outputError);
}
