namespace NeuralDigits.Tests;

/// <summary>The inner loops written out for one number at a time: what the vector forms must equal bit for bit.</summary>
internal static class PlainKernels
{
    /// <summary>c_rj += Σ_i a_ri b_ij.</summary>
    public static void MultiplyDense(Strided a, Strided b, Strided c, int rows, int inner, int columns)
    {
        for (int r = 0; r < rows; r++)
        {
            for (int j = 0; j < columns; j++)
            {
                for (int i = 0; i < inner; i++)
                    c.At(r, j) = MathF.FusedMultiplyAdd(a.At(r, i), b.At(i, j), c.At(r, j));
            }
        }
    }

    /// <summary>z_sj += Σ_k x_sk w_kj.</summary>
    public static void MultiplySparse(Strided weights, int columns, ReadOnlySpan<SparseRow> rows, Strided sums)
    {
        for (int s = 0; s < rows.Length; s++)
        {
            for (int k = 0; k < rows[s].Count; k++)
            {
                for (int j = 0; j < columns; j++)
                    sums.At(s, j) = MathF.FusedMultiplyAdd(rows[s].Values[k], weights.At(rows[s].Indices[k], j), sums.At(s, j));
            }
        }
    }

    /// <summary>w_kj += Σ_s x_sk d_sj.</summary>
    public static void UpdateSparse(Strided weights, int columns, ReadOnlySpan<SparseRow> rows, Strided changes)
    {
        for (int s = 0; s < rows.Length; s++)
        {
            for (int k = 0; k < rows[s].Count; k++)
            {
                for (int j = 0; j < columns; j++)
                {
                    ref float weight = ref weights.At(rows[s].Indices[k], j);
                    weight = MathF.FusedMultiplyAdd(rows[s].Values[k], changes.At(s, j), weight);
                }
            }
        }
    }
}
