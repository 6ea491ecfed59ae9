using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NeuralDigits;

/// <summary>
/// Errors smaller than the smallest normal float, 2^-126, as those of neurons that are saturated. They count as zero.
/// </summary>
/// <remarks>
/// What they would change is lost when it is added to a weight, unless that is as tiny. But a product with one of them takes many
/// processors a hundred times as long, and an error is multiplied by every input: one such error in ten examples would double the time
/// of all.
/// </remarks>
internal static class Subnormals
{
    private const float SmallestNormal = 1.17549435e-38f;

    /// <summary>Replaces subnormals by zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> ToZero(Vector<float> errors) =>
        Vector.ConditionalSelect(Vector.LessThan(Vector.Abs(errors), new Vector<float>(SmallestNormal)), Vector<float>.Zero, errors);

    /// <summary>Replaces subnormals by zero.</summary>
    /// <param name="errors">Errors; their number is a multiple of <see cref="Vector{T}.Count"/>.</param>
    [MethodImpl(HotPath.Code)]
    public static void ToZero(Span<float> errors)
    {
        foreach (ref Vector<float> some in MemoryMarshal.Cast<float, Vector<float>>(errors))
            some = ToZero(some);
    }
}
