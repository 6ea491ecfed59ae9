using System.Numerics;

namespace NeuralDigits.ML;

internal static class FiniteFeatures
{
    /// <summary>The index of the first value that is NaN or infinite; -1 if all are finite.</summary>
    public static int FirstOther(ReadOnlySpan<float> values)
    {
        int start = 0;
        for (; start <= values.Length - Vector<float>.Count; start += Vector<float>.Count)
        {
            // x - x is 0 for every finite x, and NaN for all others.
            var block = new Vector<float>(values[start..]);
            if (!Vector.EqualsAll(block - block, Vector<float>.Zero))
                break;
        }

        for (; start < values.Length; start++)
        {
            if (!float.IsFinite(values[start]))
                return start;
        }

        return -1;
    }
}
