using System.Numerics;

namespace NeuralDigits.ML;

internal static class FeatureRange
{
    /// <summary>The largest distance from zero that a feature may have: any finite one.</summary>
    public const float Finite = float.MaxValue;

    /// <summary>A hundred times what features should reach, 1.</summary>
    public const float Usual = 100;

    /// <summary>The index of the first value that is farther from zero than a limit, or NaN; -1 if there is none.</summary>
    public static int FirstBeyond(ReadOnlySpan<float> values, float limit)
    {
        int start = 0;
        var limits = new Vector<float>(limit);
        for (; start <= values.Length - Vector<float>.Count; start += Vector<float>.Count)
        {
            // No comparison with NaN holds.
            if (!Vector.LessThanOrEqualAll(Vector.Abs(new Vector<float>(values[start..])), limits))
                break;
        }

        for (; start < values.Length; start++)
        {
            if (!(Math.Abs(values[start]) <= limit))
                return start;
        }

        return -1;
    }
}
