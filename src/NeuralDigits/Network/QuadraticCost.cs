using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralDigits;

/// <summary>The quadratic cost C = 1/2 |y - a|², whose mean over n examples is 1/(2n) Σ |y - a|².</summary>
public sealed class QuadraticCost : Cost
{
    internal QuadraticCost()
    {
    }

    /// <inheritdoc/>
    public override string Name => "quadratic";

    /// <inheritdoc/>
    [MethodImpl(HotPath.Code)]
    public override double Value(ReadOnlySpan<float> activations, int label)
    {
        double sum = 0;
        for (int j = 0; j < activations.Length; j++)
        {
            double difference = activations[j] - Target(j, label);
            sum += difference * difference;
        }

        return sum / 2;
    }

    /// <summary>BP1 for this cost: δ^L = (a - y) ⊙ a (1 - a), since σ'(z) = a (1 - a).</summary>
    /// <inheritdoc/>
    [MethodImpl(HotPath.Code)]
    public override void OutputError(ReadOnlySpan<float> activations, int label, Span<float> outputError)
    {
        // Where y is 0, which is everywhere but at the label.
        int j = 0;
        for (; j <= activations.Length - Vector<float>.Count; j += Vector<float>.Count)
        {
            var a = new Vector<float>(activations[j..]);
            (a * SigmoidPrime(a)).CopyTo(outputError[j..]);
        }

        for (; j < activations.Length; j++)
            outputError[j] = activations[j] * SigmoidPrime(activations[j]);

        outputError[label] = (activations[label] - 1) * SigmoidPrime(activations[label]);
    }

    private static float SigmoidPrime(float a) => a * (1 - a);

    private static Vector<float> SigmoidPrime(Vector<float> a) => a * (Vector<float>.One - a);

    private static float Target(int output, int label) => output == label ? 1 : 0;
}
