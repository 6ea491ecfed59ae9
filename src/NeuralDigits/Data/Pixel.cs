using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NeuralDigits;

/// <summary>How a pixel becomes a feature: the one place that scales inputs.</summary>
public static class Pixel
{
    // Division, unlike multiplication by the rounded 1/255, gives the float nearest to the quotient.
    private static readonly float[] Features = [.. Enumerable.Range(0, 256).Select(pixel => pixel / 255f)];

    /// <summary>The feature of the pixel 0; those of the others follow.</summary>
    internal static ref float FirstFeature => ref Features[0];

    /// <summary>The feature pixel / 255, from 0 (paper) to 1 (full ink).</summary>
    /// <param name="pixel">A grey value from 0 to 255.</param>
    public static float ToFeature(byte pixel) => Features[pixel];

    /// <summary>The features of many pixels, each the same as of <see cref="ToFeature"/>.</summary>
    /// <param name="pixels">The grey values.</param>
    /// <param name="features">The result, of the same length.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    [MethodImpl(HotPath.Code)]
    public static void ToFeatures(ReadOnlySpan<byte> pixels, Span<float> features)
    {
        if (features.Length != pixels.Length)
            throw new ArgumentException($"There are {pixels.Length} pixels and room for {features.Length} features.", nameof(features));
        int i = 0;
        ref byte pixel = ref MemoryMarshal.GetReference(pixels);
        ref float feature = ref MemoryMarshal.GetReference(features);
        for (; Avx512F.IsSupported && i <= pixels.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
            Divide(Avx512F.ConvertToVector512Int32(Vector128.LoadUnsafe(ref pixel, (nuint)i))).StoreUnsafe(ref feature, (nuint)i);
        for (; i <= pixels.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(pixels[i..]), out Vector<ushort> low, out Vector<ushort> high);
            Divide(low, features[i..]);
            Divide(high, features[(i + Vector<ushort>.Count)..]);
        }

        for (; i < pixels.Length; i++)
            features[i] = Features[pixels[i]];
    }

    // The same bits in less time: what the first product leaves over of a pixel is exact, and its share makes the quotient the nearest.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Divide(Vector512<int> pixels)
    {
        var inverse = Vector512.Create(1 / 255f);
        Vector512<float> pixel = Vector512.ConvertToSingle(pixels);
        Vector512<float> quotient = pixel * inverse;
        Vector512<float> rest = Vector512.FusedMultiplyAdd(quotient, Vector512.Create(-255f), pixel);
        return Vector512.FusedMultiplyAdd(rest, inverse, quotient);
    }

    private static void Divide(Vector<ushort> pixels, Span<float> features)
    {
        var full = new Vector<float>(255f);
        Vector.Widen(pixels, out Vector<uint> low, out Vector<uint> high);
        (Vector.ConvertToSingle(Vector.AsVectorInt32(low)) / full).CopyTo(features);
        (Vector.ConvertToSingle(Vector.AsVectorInt32(high)) / full).CopyTo(features[Vector<float>.Count..]);
    }
}
