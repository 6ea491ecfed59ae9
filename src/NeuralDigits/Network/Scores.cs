using System.Runtime.CompilerServices;

namespace NeuralDigits;

/// <summary>What is read off the activations of an output layer.</summary>
public static class Scores
{
    /// <summary>The index of the largest value; of equals, the lowest. NaN never wins over a number.</summary>
    /// <param name="activations">At least one value.</param>
    /// <exception cref="ArgumentException">There is no value.</exception>
    [MethodImpl(HotPath.Code)]
    public static int ArgMax(ReadOnlySpan<float> activations)
    {
        if (activations.IsEmpty)
            throw new ArgumentException("There is no largest of no values.", nameof(activations));
        int best = 0;
        for (int i = 1; i < activations.Length; i++)
        {
            if (activations[i] > activations[best] || (float.IsNaN(activations[best]) && !float.IsNaN(activations[i])))
                best = i;
        }

        return best;
    }

    /// <summary>Divides activations by their sum, so that they can be read as probabilities.</summary>
    /// <remarks>
    /// Sigmoid outputs are independent of one another and need not sum to 1. Where all of them are exactly 0, the
    /// network says nothing at all, and every class scores the same.
    /// </remarks>
    /// <param name="activations">The output layer's activations, each from 0 to 1.</param>
    /// <param name="scores">The result, of the same length: values from 0 to 1 that sum to 1.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Normalize(ReadOnlySpan<float> activations, Span<float> scores)
    {
        if (activations.Length != scores.Length)
            throw new ArgumentException($"There are {activations.Length} activations and room for {scores.Length} scores.", nameof(scores));
        float sum = 0;
        foreach (float activation in activations)
            sum += activation;
        for (int i = 0; i < scores.Length; i++)
            scores[i] = sum == 0 ? 1f / scores.Length : activations[i] / sum;
    }
}
