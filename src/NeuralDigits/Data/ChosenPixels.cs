using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NeuralDigits;

/// <summary>The pixels of one or two images that are not zero in all of them, with their indices. They stay bytes.</summary>
internal sealed class ChosenPixels(int width)
{
    /// <summary>The most pixels of an image: their indices take 16 bits.</summary>
    public const int LargestWidth = ushort.MaxValue + 1;

    private const int Group = ChosenPlaces.Group;

    // Whole vectors, the last of which may be stored behind the last pixel.
    private readonly ushort[] _indices = new ushort[width + Vector512<byte>.Count];
    private readonly byte[] _first = new byte[width + Vector512<byte>.Count];
    private readonly byte[] _second = new byte[width + Vector512<byte>.Count];

    /// <summary>The chosen pixels as the kernels read them.</summary>
    public SparsePixels List => new(ref _indices[0], ref _first[0], ref _second[0]);

    /// <summary>Chooses pixels anew.</summary>
    /// <param name="first">The first image.</param>
    /// <param name="second">The second image; empty if there is only one.</param>
    /// <returns>How many are chosen.</returns>
    [MethodImpl(HotPath.Code)]
    public int Choose(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        bool hasSecond = !second.IsEmpty;
        if (!hasSecond)
            second = first;
        int count = 0;
        int i = 0;
        for (; Avx512Vbmi2.IsSupported && i <= width - Vector512<byte>.Count; i += Vector512<byte>.Count)
            count = Append(count, i, Vector512.Create(first[i..]), Vector512.Create(second[i..]), hasSecond);
        for (; Vector128.IsHardwareAccelerated && i <= width - Group; i += Group)
            count = Append(count, i, MemoryMarshal.Read<ulong>(first[i..]), MemoryMarshal.Read<ulong>(second[i..]));
        for (; i < width; i++)
        {
            // Written always and counted only if not zero: no branch to mispredict.
            _indices[count] = (ushort)i;
            _first[count] = first[i];
            _second[count] = second[i];
            count += (first[i] | second[i]) != 0 ? 1 : 0;
        }

        return count;
    }

    // What is to stay moves to the front of its vector, and so do the indices. A whole vector is stored each time; what is
    // too much, the next one overwrites.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Append(int count, int index, Vector512<byte> first, Vector512<byte> second, bool hasSecond)
    {
        Vector512<byte> empty = Vector512.Equals(first | second, Vector512<byte>.Zero);
        Avx512Vbmi2.Compress(Vector512<byte>.Zero, ~empty, first).StoreUnsafe(ref _first[count]);
        if (hasSecond)
            Avx512Vbmi2.Compress(Vector512<byte>.Zero, ~empty, second).StoreUnsafe(ref _second[count]);

        ulong kept = ~empty.ExtractMostSignificantBits();
        (Vector512<short> low, Vector512<short> high) = Vector512.Widen(empty.AsSByte());
        Vector512<ushort> indices = Vector512.Create((ushort)index) + Vector512<ushort>.Indices;
        StoreIndices(indices, ~low.AsUInt16(), count);
        count += BitOperations.PopCount((uint)kept);
        StoreIndices(indices + Vector512.Create((ushort)Vector512<ushort>.Count), ~high.AsUInt16(), count);
        return count + BitOperations.PopCount(kept >> 32);
    }

    private void StoreIndices(Vector512<ushort> indices, Vector512<ushort> kept, int count) =>
        Avx512Vbmi2.Compress(Vector512<ushort>.Zero, kept, indices).StoreUnsafe(ref _indices[count]);

    // The same for 8 pixels, on any machine with vectors.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Append(int count, int index, ulong first, ulong second)
    {
        Vector128<byte> empty = Vector128.Equals(Vector128.CreateScalar(first | second).AsByte(), Vector128<byte>.Zero);
        uint kept = ~empty.ExtractMostSignificantBits() & byte.MaxValue;
        Vector128<byte> places = ChosenPlaces.Of(kept);
        Store(Vector128.ShuffleNative(Vector128.CreateScalar(first).AsByte(), places), ref _first[count]);
        Store(Vector128.ShuffleNative(Vector128.CreateScalar(second).AsByte(), places), ref _second[count]);
        (Vector128.WidenLower(places) + Vector128.Create((ushort)index)).StoreUnsafe(ref _indices[count]);
        return count + BitOperations.PopCount(kept);
    }

    private static void Store(Vector128<byte> pixels, ref byte target) => Unsafe.WriteUnaligned(ref target, pixels.AsUInt64().ToScalar());
}
