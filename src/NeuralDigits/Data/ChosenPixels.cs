using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NeuralDigits;

/// <summary>The pixels of some images that are not zero in all of them, with their indices. They stay bytes, unless features of them are wanted as well.</summary>
/// <param name="width">The pixels of an image.</param>
/// <param name="most">The most images.</param>
/// <param name="makesFeatures">Whether they are made features at once.</param>
internal sealed class ChosenPixels(int width, int most, bool makesFeatures)
{
    /// <summary>The most pixels of an image: their indices take 16 bits.</summary>
    public const int LargestWidth = ushort.MaxValue + 1;

    // The pixels that are told apart at once: as many as a mask has bits.
    private const int Stretch = 32;

    // Whole vectors, the last of which may be stored behind the last pixel.
    private readonly int _room = width + Vector512<byte>.Count;
    private readonly ushort[] _indices = new ushort[width + Vector512<byte>.Count];
    private readonly byte[] _pixels = new byte[most * (width + Vector512<byte>.Count)];
    private readonly float[] _features = makesFeatures ? new float[most * (width + Vector512<byte>.Count)] : [];

    // Where the images start that pixels are chosen from.
    private readonly RowStarts _starts = new(width, most);

    /// <summary>Whether the chosen pixels are features as well.</summary>
    public bool AreFeatures => makesFeatures;

    /// <summary>The chosen pixels as features, if they are made.</summary>
    public SparseFeatures<ushort> Features => new(ref _indices[0], ref _features[0], _room);

    /// <summary>The chosen pixels as the kernels read them.</summary>
    public SparsePixels List => new(ref _indices[0], ref _pixels[0], _room);

    /// <summary>Chooses pixels anew.</summary>
    /// <param name="images">Images, one after the other.</param>
    /// <param name="numbers">Which of them: at least one, and at most as many as there is room for.</param>
    /// <returns>How many pixels are chosen.</returns>
    [MethodImpl(HotPath.Code)]
    public int Choose(ReadOnlySpan<byte> images, ReadOnlySpan<int> numbers)
    {
        int count = ChoosePixels(images, numbers);
        if (makesFeatures)
            MakeFeatures(count, numbers.Length);
        return count;
    }

    // Whole vectors: what is too much, nobody reads.
    [MethodImpl(HotPath.Code)]
    private void MakeFeatures(int count, int imageCount)
    {
        int whole = Layer.Padded(count);
        for (int image = 0; image < imageCount; image++)
            Pixel.ToFeatures(_pixels.AsSpan(image * _room, whole), _features.AsSpan(image * _room, whole));
    }

    [MethodImpl(HotPath.Code)]
    private int ChoosePixels(ReadOnlySpan<byte> images, ReadOnlySpan<int> numbers)
    {
        _starts.Find(images, numbers);
        if (Vector128.IsHardwareAccelerated && width >= Stretch)
            return Append(images, numbers.Length);
        int count = 0;
        for (int i = 0; i < width; i++)
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

    // A bit for each pixel of a stretch, the lowest for the first.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint NotEmpty<TImages>(ref byte images, ref nint starts, nint index)
        where TImages : struct, IExtent
    {
        if (Vector256.IsHardwareAccelerated)
        {
            Vector256<byte> any = Vector256<byte>.Zero;
            for (int image = 0; image < TImages.Value; image++)
                any |= Vector256.LoadUnsafe(ref images, (nuint)(Unsafe.Add(ref starts, image) + index));
            return ~Vector256.Equals(any, Vector256<byte>.Zero).ExtractMostSignificantBits();
        }

        Vector128<byte> low = Vector128<byte>.Zero, high = Vector128<byte>.Zero;
        for (int image = 0; image < TImages.Value; image++)
        {
            nint place = Unsafe.Add(ref starts, image) + index;
            low |= Vector128.LoadUnsafe(ref images, (nuint)place);
            high |= Vector128.LoadUnsafe(ref images, (nuint)(place + Vector128<byte>.Count));
        }

        uint empty = Vector128.Equals(low, Vector128<byte>.Zero).ExtractMostSignificantBits();
        return ~(empty | (Vector128.Equals(high, Vector128<byte>.Zero).ExtractMostSignificantBits() << Vector128<byte>.Count));
    }

    private int Place(int image, int pixel) => (image * width) + pixel;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Append(ReadOnlySpan<byte> images, int imageCount) => imageCount switch
    {
        1 => Append<One>(ref MemoryMarshal.GetReference(images)),
        2 => Append<Two>(ref MemoryMarshal.GetReference(images)),
        3 => Append<Three>(ref MemoryMarshal.GetReference(images)),
        4 => Append<Four>(ref MemoryMarshal.GetReference(images)),
        5 => Append<Five>(ref MemoryMarshal.GetReference(images)),
        _ => throw new ArgumentOutOfRangeException(nameof(imageCount), imageCount, $"A list is of 1 to {SparseRows.MostTogether} images."),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Append<TImages>(ref byte images)
        where TImages : struct, IExtent
    {
        if (!Avx512Vbmi2.IsSupported || width < Vector512<byte>.Count)
            return AppendStretches<TImages>(0, 0, ref images);
        int count = AppendVectors<TImages>(ref images);
        return AppendStretches<TImages>(count, width / Vector512<byte>.Count * Vector512<byte>.Count, ref images);
    }

    // What is to stay moves to the front of its vector, and so do the indices. A whole vector is stored each time; what is
    // too much, the next one overwrites.
    [MethodImpl(HotPath.Kernel)]
    private int AppendVectors<TImages>(ref byte images)
        where TImages : struct, IExtent
    {
        ref ushort indices = ref _indices[0];
        ref byte chosen = ref _pixels[0];
        ref nint starts = ref _starts.First;
        ref byte images0 = ref Image<TImages>(ref images, ref starts, 0), images1 = ref Image<TImages>(ref images, ref starts, 1);
        ref byte images2 = ref Image<TImages>(ref images, ref starts, 2), images3 = ref Image<TImages>(ref images, ref starts, 3);
        ref byte images4 = ref Image<TImages>(ref images, ref starts, 4);
        nint room = _room, end = width - Vector512<byte>.Count;
        nint count = 0;
        for (nint index = 0; index <= end; index += Vector512<byte>.Count)
        {
            Vector512<byte> pixels0 = Load<TImages>(ref images0, index, 0), pixels1 = Load<TImages>(ref images1, index, 1);
            Vector512<byte> pixels2 = Load<TImages>(ref images2, index, 2), pixels3 = Load<TImages>(ref images3, index, 3);
            Vector512<byte> pixels4 = Load<TImages>(ref images4, index, 4);
            Vector512<byte> kept = ~Vector512.Equals(pixels0 | pixels1 | pixels2 | pixels3 | pixels4, Vector512<byte>.Zero);
            ulong mask = kept.ExtractMostSignificantBits();

            // Most images have empty borders.
            if (mask == 0)
                continue;
            ref ushort next = ref Unsafe.Add(ref indices, count);
            (Vector512<ushort> low, Vector512<ushort> high) = Vector512.Widen(Avx512Vbmi2.Compress(Vector512<byte>.Zero, kept, Vector512<byte>.Indices));
            (low + Vector512.Create((ushort)index)).StoreUnsafe(ref next);
            (high + Vector512.Create((ushort)index)).StoreUnsafe(ref next, (nuint)Vector512<ushort>.Count);
            ref byte target = ref Unsafe.Add(ref chosen, count);
            Store<TImages>(ref target, room, kept, pixels0, 0);
            Store<TImages>(ref target, room, kept, pixels1, 1);
            Store<TImages>(ref target, room, kept, pixels2, 2);
            Store<TImages>(ref target, room, kept, pixels3, 3);
            Store<TImages>(ref target, room, kept, pixels4, 4);
            count += BitOperations.PopCount(mask);
        }

        return (int)count;
    }

    // What lies outside the images is known to the compiler and vanishes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref byte Image<TImages>(ref byte images, ref nint starts, int image)
        where TImages : struct, IExtent => ref Unsafe.Add(ref images, image < TImages.Value ? Unsafe.Add(ref starts, image) : 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Load<TImages>(ref byte pixels, nint index, int image)
        where TImages : struct, IExtent => image < TImages.Value ? Vector512.LoadUnsafe(ref pixels, (nuint)index) : Vector512<byte>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TImages>(ref byte target, nint room, Vector512<byte> kept, Vector512<byte> pixels, int image)
        where TImages : struct, IExtent
    {
        if (image < TImages.Value)
            Avx512Vbmi2.Compress(Vector512<byte>.Zero, kept, pixels).StoreUnsafe(ref target, (nuint)(image * room));
    }

    // What AppendVectors does, on any machine with vectors, for all pixels from an index on.
    [MethodImpl(HotPath.Kernel)]
    private int AppendStretches<TImages>(nint count, nint index, ref byte images)
        where TImages : struct, IExtent
    {
        var target = new Target(ref _indices[0], ref _pixels[0], _room);
        ref nint starts = ref _starts.First;
        nint end = width;
        for (; index < end; index += Stretch)
        {
            // The last one ends with the image and starts among pixels that have been seen.
            nint first = Math.Min(index, end - Stretch);
            uint kept = NotEmpty<TImages>(ref images, ref starts, first) & (uint.MaxValue << (int)(index - first));

            // Most images have empty borders.
            if (kept == 0)
                continue;
            Vector128<ushort> indices = Vector128.Create((ushort)first);
            ref byte pixels = ref Unsafe.Add(ref images, first);
            count = target.Append<TImages>(count, indices, 0 * ChosenPlaces.Group, kept, ref pixels, ref starts);
            count = target.Append<TImages>(count, indices, 1 * ChosenPlaces.Group, kept, ref pixels, ref starts);
            count = target.Append<TImages>(count, indices, 2 * ChosenPlaces.Group, kept, ref pixels, ref starts);
            count = target.Append<TImages>(count, indices, 3 * ChosenPlaces.Group, kept, ref pixels, ref starts);
        }

        return (int)count;
    }

    // Where the chosen go.
    private readonly ref struct Target(ref ushort indices, ref byte pixels, nint room)
    {
        private readonly ref ushort _indices = ref indices;
        private readonly ref byte _pixels = ref pixels;
        private readonly ref ulong _places = ref ChosenPlaces.First;

        // Eight pixels, from a place of their stretch on. Eight are stored each time; what is too much, the next overwrite.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public nint Append<TImages>(nint count, Vector128<ushort> indices, int place, uint kept, ref byte images, ref nint starts)
            where TImages : struct, IExtent
        {
            uint choice = (byte)(kept >> place);
            Vector128<byte> places = ChosenPlaces.Of(choice, ref _places);
            (Vector128.WidenLower(places) + (indices + Vector128.Create((ushort)place))).StoreUnsafe(ref _indices, (nuint)count);
            for (int image = 0; image < TImages.Value; image++)
            {
                ulong eight = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref images, Unsafe.Add(ref starts, image) + place));
                Vector128<byte> chosen = Vector128.ShuffleNative(Vector128.CreateScalarUnsafe(eight).AsByte(), places);
                Unsafe.WriteUnaligned(ref Unsafe.Add(ref _pixels, (image * room) + count), chosen.AsUInt64().ToScalar());
            }

            return count + BitOperations.PopCount(choice);
        }
    }
}
