using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NeuralDigits;

/// <summary>The pixels of two images that are not zero in both, with their indices: chosen 64 at a time, widened 16 at a time.</summary>
internal sealed class ChosenPixels(int width)
{
    private const float Full = byte.MaxValue;

    // Whole vectors, the last of which may be stored behind the last pixel.
    private readonly byte[] _first = new byte[width + Vector512<byte>.Count];
    private readonly byte[] _second = new byte[width + Vector512<byte>.Count];
    private readonly ushort[] _indices = new ushort[width + Vector512<byte>.Count];

    /// <summary>Whether this machine has the instructions, and an index fits into 16 bits.</summary>
    public static bool IsSupported(int width) => Avx512Vbmi2.IsSupported && width <= ushort.MaxValue + 1;

    /// <summary>Appends the chosen ones of 64 pixels.</summary>
    /// <param name="count">How many have been chosen before.</param>
    /// <param name="index">The index of the first.</param>
    /// <param name="first">Those of the first image.</param>
    /// <param name="second">Those of the second image.</param>
    /// <returns>How many are chosen now.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Append(int count, int index, Vector512<byte> first, Vector512<byte> second)
    {
        Vector512<byte> empty = Vector512.Equals(first | second, Vector512<byte>.Zero);
        Avx512Vbmi2.Compress(Vector512<byte>.Zero, ~empty, first).StoreUnsafe(ref _first[count]);
        Avx512Vbmi2.Compress(Vector512<byte>.Zero, ~empty, second).StoreUnsafe(ref _second[count]);

        ulong kept = ~empty.ExtractMostSignificantBits();
        (Vector512<short> low, Vector512<short> high) = Vector512.Widen(empty.AsSByte());
        Vector512<ushort> indices = Vector512.Create((ushort)index) + Vector512<ushort>.Indices;
        StoreIndices(indices, ~low.AsUInt16(), count);
        count += BitOperations.PopCount((uint)kept);
        StoreIndices(indices + Vector512.Create((ushort)Vector512<ushort>.Count), ~high.AsUInt16(), count);
        return count + BitOperations.PopCount(kept >> 32);
    }

    /// <summary>Puts out 16 of the chosen: their indices, and the features of both images.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Widen(int start, ref int indices, ref float first, ref float second)
    {
        Vector256<ushort> narrow = Vector256.LoadUnsafe(ref _indices[start]);
        Avx512F.ConvertToVector512Int32(narrow).StoreUnsafe(ref indices);
        ToFeatures(Vector128.LoadUnsafe(ref _first[start])).StoreUnsafe(ref first);
        ToFeatures(Vector128.LoadUnsafe(ref _second[start])).StoreUnsafe(ref second);
    }

    // A quotient rounded once, without a division: the product with the rounded 1/255 is corrected by what it leaves over.
    // For all 256 pixels that gives the bits of Pixel.ToFeature.
    private static Vector512<float> ToFeatures(Vector128<byte> pixels)
    {
        Vector512<float> pixel = Vector512.ConvertToSingle(Avx512F.ConvertToVector512Int32(pixels));
        Vector512<float> quotient = pixel * (1 / Full);
        Vector512<float> rest = Vector512.FusedMultiplyAdd(quotient, Vector512.Create(-Full), pixel);
        return Vector512.FusedMultiplyAdd(rest, Vector512.Create(1 / Full), quotient);
    }

    private void StoreIndices(Vector512<ushort> indices, Vector512<ushort> kept, int count) =>
        Avx512Vbmi2.Compress(Vector512<ushort>.Zero, kept, indices).StoreUnsafe(ref _indices[count]);
}
