namespace NeuralDigits.Tests;

/// <summary>The inner loops written out for one neuron and one weight at a time: what the vector forms must equal bit for bit.</summary>
internal static class PlainKernels
{
    /// <summary>z_j = b_j + Σ_k x_k w_kj.</summary>
    public static float[] WeightedInputs(float[] weights, float[] biases, float[] inputs)
    {
        int stride = biases.Length;
        var weightedInputs = new float[stride];
        for (int j = 0; j < stride; j++)
        {
            float sum = biases[j];
            for (int k = 0; k < inputs.Length; k++)
            {
                if (inputs[k] != 0)
                    sum = MathF.FusedMultiplyAdd(inputs[k], weights[(k * stride) + j], sum);
            }

            weightedInputs[j] = sum;
        }

        return weightedInputs;
    }

    /// <summary>w_kj += x_k d_j.</summary>
    public static float[] AddOuterProduct(float[] weights, float[] inputs, float[] change)
    {
        int stride = change.Length;
        float[] sum = [.. weights];
        for (int k = 0; k < inputs.Length; k++)
        {
            for (int j = 0; j < stride && inputs[k] != 0; j++)
                sum[(k * stride) + j] = MathF.FusedMultiplyAdd(inputs[k], change[j], sum[(k * stride) + j]);
        }

        return sum;
    }
}
