using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NeuralDigits;

/// <summary>The pixels of some images that are not zero in all of them, with their indices. They stay bytes.</summary>
/// <param name="width">The pixels of an image.</param>
/// <param name="most">The most images.</param>
internal sealed class ChosenPixels(int width, int most)
{
    /// <summary>The most pixels of an image: their indices take 16 bits.</summary>
    public const int LargestWidth = ushort.MaxValue + 1;

    private const int Group = ChosenPlaces.Group;

    // Whole vectors, the last of which may be stored behind the last pixel.
    private readonly int _room = width + Vector512<byte>.Count;
    private readonly ushort[] _indices = new ushort[width + Vector512<byte>.Count];
    private readonly byte[] _pixels = new byte[most * (width + Vector512<byte>.Count)];

    /// <summary>The chosen pixels as the kernels read them.</summary>
    public SparsePixels List => new(ref _indices[0], ref _pixels[0], _room);

    /// <summary>Starts to bring them into the cache, if another core has chosen them.</summary>
    [MethodImpl(HotPath.Code)]
    public void Fetch(int images, int count)
    {
        Prefetch.Values<ushort>(_indices.AsSpan(0, count));
        for (int image = 0; image < images; image++)
            Prefetch.Values<byte>(_pixels.AsSpan(image * _room, count));
    }

    /// <summary>Chooses pixels anew.</summary>
    /// <param name="images">Images, one after the other.</param>
    /// <param name="numbers">Which of them: at least one, and at most as many as there is room for.</param>
    /// <returns>How many pixels are chosen.</returns>
    [MethodImpl(HotPath.Code)]
    public int Choose(ReadOnlySpan<byte> images, ReadOnlySpan<int> numbers)
    {
        int count = 0;
        int i = 0;
        for (; Avx512Vbmi2.IsSupported && i <= width - Vector512<byte>.Count; i += Vector512<byte>.Count)
            count = AppendVector(count, i, images, numbers);
        for (; Vector128.IsHardwareAccelerated && i <= width - Group; i += Group)
            count = AppendGroup(count, i, images, numbers);
        for (; i < width; i++)
        {
            // Written always and counted only if not zero: no branch to mispredict.
            byte any = 0;
            _indices[count] = (ushort)i;
            for (int image = 0; image < numbers.Length; image++)
                any |= _pixels[(image * _room) + count] = images[Place(numbers[image], i)];
            count += any != 0 ? 1 : 0;
        }

        return count;
    }

    private int Place(int image, int pixel) => (image * width) + pixel;

    // What is to stay moves to the front of its vector, and so do the indices. A whole vector is stored each time; what is
    // too much, the next one overwrites.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int AppendVector(int count, int index, ReadOnlySpan<byte> images, ReadOnlySpan<int> numbers)
    {
        Vector512<byte> any = Vector512<byte>.Zero;
        foreach (int number in numbers)
            any |= Vector512.Create(images[Place(number, index)..]);
        Vector512<byte> empty = Vector512.Equals(any, Vector512<byte>.Zero);
        for (int image = 0; image < numbers.Length; image++)
        {
            var pixels = Vector512.Create(images[Place(numbers[image], index)..]);
            Avx512Vbmi2.Compress(Vector512<byte>.Zero, ~empty, pixels).StoreUnsafe(ref _pixels[(image * _room) + count]);
        }

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
    private int AppendGroup(int count, int index, ReadOnlySpan<byte> images, ReadOnlySpan<int> numbers)
    {
        ulong any = 0;
        foreach (int number in numbers)
            any |= MemoryMarshal.Read<ulong>(images[Place(number, index)..]);
        Vector128<byte> empty = Vector128.Equals(Vector128.CreateScalar(any).AsByte(), Vector128<byte>.Zero);
        uint kept = ~empty.ExtractMostSignificantBits() & byte.MaxValue;
        Vector128<byte> places = ChosenPlaces.Of(kept);
        for (int image = 0; image < numbers.Length; image++)
        {
            Vector128<byte> pixels = Vector128.CreateScalar(MemoryMarshal.Read<ulong>(images[Place(numbers[image], index)..])).AsByte();
            Unsafe.WriteUnaligned(ref _pixels[(image * _room) + count], Vector128.ShuffleNative(pixels, places).AsUInt64().ToScalar());
        }

        (Vector128.WidenLower(places) + Vector128.Create((ushort)index)).StoreUnsafe(ref _indices[count]);
        return count + BitOperations.PopCount(kept);
    }
}
