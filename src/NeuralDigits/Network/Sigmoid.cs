using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NeuralDigits;

/// <summary>
/// The logistic sigmoid σ(z) = 1 / (1 + e^-z), and its derivative σ'(z) = σ(z) (1 - σ(z)).
/// </summary>
/// <remarks>
/// Computed without the platform's <c>exp</c>, which differs from one machine to the next. e^-|z| = 2^n e^r with
/// n = round(-|z| / ln 2) and |r| ≤ ln 2 / 2; e^r is its Taylor polynomial of degree 7, whose remainder is below
/// 6e-9. Every step is an operation that IEEE 754 rounds in one way only, so all machines and vector widths give
/// the same bits. The error is at most 2 units in the last place.
/// </remarks>
public static class Sigmoid
{
    // e^-105 is less than half of the smallest positive float: below it, σ(z) is exactly 0.
    private const float SmallestExponent = -105f;
    private const float InverseLn2 = 1.44269504f;

    // ln 2 as the nearest float and what that float leaves over.
    private const float Ln2High = 0.693147182f;
    private const float Ln2Low = -1.90465421e-9f;

    private const int ExponentBias = 127;
    private const int MantissaBits = 23;

    /// <summary>σ(z) of one weighted input.</summary>
    /// <param name="z">The weighted input; infinities give 0 and 1, NaN gives NaN.</param>
    /// <returns>A value from 0 to 1.</returns>
    public static float Of(float z)
    {
        float exponent = MathF.Max(-MathF.Abs(z), SmallestExponent);
        float n = MathF.Round(exponent * InverseLn2);
        float r = MathF.FusedMultiplyAdd(n, -Ln2High, exponent);
        r = MathF.FusedMultiplyAdd(n, -Ln2Low, r);

        float power = 1f / 5040;
        power = MathF.FusedMultiplyAdd(power, r, 1f / 720);
        power = MathF.FusedMultiplyAdd(power, r, 1f / 120);
        power = MathF.FusedMultiplyAdd(power, r, 1f / 24);
        power = MathF.FusedMultiplyAdd(power, r, 1f / 6);
        power = MathF.FusedMultiplyAdd(power, r, 1f / 2);
        power = MathF.FusedMultiplyAdd(power, r, 1f);
        power = MathF.FusedMultiplyAdd(power, r, 1f);

        // 2^n in two factors, since one alone would leave the range of normal floats where e^-|z| is subnormal.
        int whole = float.IsNaN(n) ? 0 : (int)n;
        int half = whole >> 1;
        power = power * PowerOfTwo(half) * PowerOfTwo(whole - half);
        return (z < 0 ? power : 1f) / (1f + power);
    }

    /// <summary>Replaces each weighted input z by σ(z).</summary>
    /// <param name="values">Weighted inputs; their number is a multiple of <see cref="Vector{T}.Count"/>.</param>
    [MethodImpl(HotPath.Code)]
    internal static void Apply(Span<float> values)
    {
        int i = 0;
        for (; Vector512.IsHardwareAccelerated && Avx512F.IsSupported && i <= values.Length - Vector512<float>.Count; i += Vector512<float>.Count)
            Of(Vector512.Create(values[i..])).CopyTo(values[i..]);
        for (; i < values.Length; i += Vector<float>.Count)
            Of(new Vector<float>(values[i..])).CopyTo(values[i..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Of(Vector<float> z)
    {
        // Not Vector.Max, which takes several instructions for the sake of signed zeros. NaN passes here as well.
        Vector<float> exponent = -Vector.Abs(z);
        exponent = Vector.ConditionalSelect(Vector.LessThan(exponent, new Vector<float>(SmallestExponent)), new Vector<float>(SmallestExponent), exponent);
        Vector<float> n = Vector.Round(exponent * InverseLn2);
        Vector<float> r = Vector.FusedMultiplyAdd(n, new Vector<float>(-Ln2High), exponent);
        r = Vector.FusedMultiplyAdd(n, new Vector<float>(-Ln2Low), r);

        var power = new Vector<float>(1f / 5040);
        power = Vector.FusedMultiplyAdd(power, r, new Vector<float>(1f / 720));
        power = Vector.FusedMultiplyAdd(power, r, new Vector<float>(1f / 120));
        power = Vector.FusedMultiplyAdd(power, r, new Vector<float>(1f / 24));
        power = Vector.FusedMultiplyAdd(power, r, new Vector<float>(1f / 6));
        power = Vector.FusedMultiplyAdd(power, r, new Vector<float>(1f / 2));
        power = Vector.FusedMultiplyAdd(power, r, Vector<float>.One);
        power = Vector.FusedMultiplyAdd(power, r, Vector<float>.One);

        // Whatever NaN becomes here, its power stays NaN.
        Vector<int> whole = Vector.ConvertToInt32Native(n);
        Vector<int> half = Vector.ShiftRightArithmetic(whole, 1);
        power = power * PowerOfTwo(half) * PowerOfTwo(whole - half);
        Vector<float> numerator = Vector.ConditionalSelect(Vector.LessThan(z, Vector<float>.Zero), power, Vector<float>.One);
        return numerator / (Vector<float>.One + power);
    }

    // The same bits with fewer instructions. To multiply by a power of two rounds once, as the product with the second factor does above.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Of(Vector512<float> z)
    {
        // Of NaN and a number, the maximum is what comes second.
        Vector512<float> exponent = Avx512F.Max(Vector512.Create(SmallestExponent), -Vector512.Abs(z));
        Vector512<float> n = Vector512.Round(exponent * InverseLn2);
        Vector512<float> r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2High), exponent);
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2Low), r);

        var power = Vector512.Create(1f / 5040);
        power = Vector512.FusedMultiplyAdd(power, r, Vector512.Create(1f / 720));
        power = Vector512.FusedMultiplyAdd(power, r, Vector512.Create(1f / 120));
        power = Vector512.FusedMultiplyAdd(power, r, Vector512.Create(1f / 24));
        power = Vector512.FusedMultiplyAdd(power, r, Vector512.Create(1f / 6));
        power = Vector512.FusedMultiplyAdd(power, r, Vector512.Create(1f / 2));
        power = Vector512.FusedMultiplyAdd(power, r, Vector512<float>.One);
        power = Vector512.FusedMultiplyAdd(power, r, Vector512<float>.One);

        power = Avx512F.Scale(power, n);
        Vector512<float> numerator = Vector512.ConditionalSelect(Vector512.LessThan(z, Vector512<float>.Zero), power, Vector512<float>.One);
        return numerator / (Vector512<float>.One + power);
    }

    private static float PowerOfTwo(int exponent) =>
        BitConverter.Int32BitsToSingle((exponent + ExponentBias) << MantissaBits);

    private static Vector<float> PowerOfTwo(Vector<int> exponent) =>
        Vector.AsVectorSingle(Vector.ShiftLeft(exponent + new Vector<int>(ExponentBias), MantissaBits));
}
