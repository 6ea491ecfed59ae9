namespace NeuralDigits.Tests;

/// <summary>The inner loops written out for one number at a time: what the vector forms must equal bit for bit.</summary>
internal static class PlainKernels
{
    /// <summary>c_rj = s_rj + Σ_i a_ri b_ij.</summary>
    public static void MultiplyDense(Strided a, Strided b, Strided start, Strided c, int rows, int inner, int columns)
    {
        for (int r = 0; r < rows; r++)
        {
            for (int j = 0; j < columns; j++)
            {
                float sum = start.At(r, j);
                for (int i = 0; i < inner; i++)
                    sum = MathF.FusedMultiplyAdd(a.At(r, i), b.At(i, j), sum);
                c.At(r, j) = sum;
            }
        }
    }
}
