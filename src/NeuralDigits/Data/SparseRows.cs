using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NeuralDigits;

/// <summary>
/// One or two rows of inputs without what is zero in all of them: indices in ascending order, each with its values. The
/// room is filled again and again.
/// </summary>
/// <remarks>
/// Two rows together save loads and stores of weights, at the price of some products with zero. Such a product changes no
/// sum, with two exceptions: it makes +0 of -0, and NaN of a weight that has become infinite. Which rows go together
/// follows from the examples alone, so even then all machines agree.
/// </remarks>
internal sealed class SparseRows(int width)
{
    // Whole vectors, the last of which may be stored behind the last value.
    private readonly int[] _indices = new int[width + (2 * Vector512<int>.Count)];
    private readonly float[] _first = new float[width + (2 * Vector512<float>.Count)];
    private readonly float[] _second = new float[width + (2 * Vector512<float>.Count)];

    private ChosenPixels? _pixels;

    /// <summary>The number of indices.</summary>
    public int Count { get; private set; }

    /// <summary>Whether there are two rows.</summary>
    public bool HasSecond { get; private set; }

    /// <summary>The number of rows: 1 or 2.</summary>
    public int RowCount => HasSecond ? 2 : 1;

    /// <summary>The inputs as pixels; null if they are features.</summary>
    public ChosenPixels? Pixels { get; private set; }

    /// <summary>The inputs as features, if they are not pixels.</summary>
    public SparseFeatures Features => new(ref _indices[0], ref _first[0], ref _second[0]);

    /// <summary>Takes over rows of features.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="second">The second row, as long as the first; or empty.</param>
    [MethodImpl(HotPath.Code)]
    public void Load(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        HasSecond = !second.IsEmpty;
        Pixels = null;
        if (!HasSecond)
            second = first;
        (int i, int count) = Avx512F.IsSupported ? Compress(first, second) : (0, 0);
        for (; Vector256.IsHardwareAccelerated && i <= first.Length - ChosenPlaces.Group; i += ChosenPlaces.Group)
            count = Append(count, i, Vector256.Create(first[i..]), Vector256.Create(second[i..]));
        for (; i < first.Length; i++)
        {
            // Written always and counted only if not zero: no branch to mispredict.
            _indices[count] = i;
            _first[count] = first[i];
            _second[count] = second[i];
            count += first[i] != 0 || second[i] != 0 ? 1 : 0;
        }

        Count = count;
    }

    /// <summary>Takes over the pixels of images.</summary>
    /// <inheritdoc cref="Load(ReadOnlySpan{float}, ReadOnlySpan{float})"/>
    [MethodImpl(HotPath.Code)]
    public void Load(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        if (width > ChosenPixels.LargestWidth)
        {
            Load(ToFeatures(first), ToFeatures(second));
            return;
        }

        HasSecond = !second.IsEmpty;
        Pixels = _pixels ??= new ChosenPixels(width);
        Count = _pixels.Choose(first, second);
    }

    /// <summary>Takes over one row that has no zeros already.</summary>
    [MethodImpl(HotPath.Code)]
    public void Load(ReadOnlySpan<int> indices, ReadOnlySpan<float> values)
    {
        HasSecond = false;
        Pixels = null;
        Count = indices.Length;
        indices.CopyTo(_indices);
        values.CopyTo(_first);
    }

    // Sixteen at a time: what is to stay moves to the front of its vector, and so do the indices. A whole vector is stored
    // each time; what is too much, the next one overwrites.
    [MethodImpl(HotPath.Code)]
    private (int Next, int Count) Compress(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        int count = 0;
        int i = 0;
        for (; i <= first.Length - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            var a = Vector512.Create(first[i..]);
            var b = Vector512.Create(second[i..]);
            Vector512<int> kept = ~(Vector512.Equals(a, Vector512<float>.Zero) & Vector512.Equals(b, Vector512<float>.Zero)).AsInt32();
            count = Append(count, i, kept, a, b);
        }

        return (i, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Append(int count, int index, Vector512<int> kept, Vector512<float> first, Vector512<float> second)
    {
        Vector512<int> indices = Vector512.Create(index) + Vector512<int>.Indices;
        Avx512F.Compress(Vector512<int>.Zero, kept, indices).StoreUnsafe(ref _indices[count]);
        Avx512F.Compress(Vector512<float>.Zero, kept.AsSingle(), first).StoreUnsafe(ref _first[count]);
        if (HasSecond)
            Avx512F.Compress(Vector512<float>.Zero, kept.AsSingle(), second).StoreUnsafe(ref _second[count]);
        return count + BitOperations.PopCount(kept.ExtractMostSignificantBits());
    }

    // The same for eight at a time.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Append(int count, int index, Vector256<float> first, Vector256<float> second)
    {
        Vector256<float> empty = Vector256.Equals(first, Vector256<float>.Zero) & Vector256.Equals(second, Vector256<float>.Zero);
        uint kept = ~empty.ExtractMostSignificantBits() & byte.MaxValue;
        Vector128<ushort> narrow = Vector128.WidenLower(ChosenPlaces.Of(kept));
        Vector256<int> places = Vector256.Create(Vector128.WidenLower(narrow), Vector128.WidenUpper(narrow)).AsInt32();
        (places + Vector256.Create(index)).StoreUnsafe(ref _indices[count]);
        Vector256.ShuffleNative(first, places).StoreUnsafe(ref _first[count]);
        Vector256.ShuffleNative(second, places).StoreUnsafe(ref _second[count]);
        return count + BitOperations.PopCount(kept);
    }

    private static float[] ToFeatures(ReadOnlySpan<byte> pixels)
    {
        var features = new float[pixels.Length];
        Pixel.ToFeatures(pixels, features);
        return features;
    }
}
