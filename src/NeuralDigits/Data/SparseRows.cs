using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NeuralDigits;

/// <summary>
/// Some rows of inputs without what is zero in all of them: indices in ascending order, each with its values. The room is
/// filled again and again.
/// </summary>
/// <remarks>
/// Rows that are taken together save loads and stores of weights, at the price of some products with zero. Such a product
/// changes no sum of finite numbers but for this: it may make +0 of -0. No activation can tell one zero from the other,
/// and a trained network has no -0, see <see cref="Network.Settle()"/>: so the rows taken together change no result.
/// </remarks>
/// <param name="width">The inputs of a row.</param>
/// <param name="most">The most rows, 1 to <see cref="MostTogether"/>.</param>
internal sealed class SparseRows(int width, int most = 1)
{
    /// <summary>The most rows that the kernels take together.</summary>
    public const int MostTogether = 5;

    // Whole vectors, the last of which may be stored behind the last value.
    private readonly int _room = width + (2 * Vector512<float>.Count);
    private readonly int[] _indices = new int[width + (2 * Vector512<int>.Count)];
    private readonly float[] _values = new float[most * (width + (2 * Vector512<float>.Count))];

    private ChosenPixels? _pixels;

    /// <summary>The number of indices.</summary>
    public int Count { get; private set; }

    /// <summary>The number of rows.</summary>
    public int RowCount { get; private set; }

    /// <summary>The inputs as pixels; null if they are features.</summary>
    public ChosenPixels? Pixels { get; private set; }

    /// <summary>The inputs as features, if they are not pixels.</summary>
    public SparseFeatures Features => new(ref _indices[0], ref _values[0], _room);

    /// <summary>Takes over rows of features.</summary>
    /// <param name="rows">Rows, one after the other.</param>
    /// <param name="numbers">Which of them: at least one, and at most as many as there is room for.</param>
    [MethodImpl(HotPath.Code)]
    public void Load(ReadOnlySpan<float> rows, ReadOnlySpan<int> numbers)
    {
        Pixels = null;
        RowCount = numbers.Length;
        int count = 0;
        int i = 0;
        for (; Avx512F.IsSupported && i <= width - Vector512<float>.Count; i += Vector512<float>.Count)
            count = AppendVector(count, i, rows, numbers);
        for (; Vector256.IsHardwareAccelerated && i <= width - ChosenPlaces.Group; i += ChosenPlaces.Group)
            count = AppendGroup(count, i, rows, numbers);
        for (; i < width; i++)
        {
            // Written always and counted only if not zero: no branch to mispredict.
            bool any = false;
            _indices[count] = i;
            for (int row = 0; row < numbers.Length; row++)
                any |= (_values[(row * _room) + count] = rows[Place(numbers[row], i)]) != 0;
            count += any ? 1 : 0;
        }

        Count = count;
    }

    /// <summary>Takes over the pixels of images.</summary>
    /// <param name="images">Images, one after the other.</param>
    /// <param name="numbers">Which of them: at least one, and at most as many as there is room for.</param>
    [MethodImpl(HotPath.Code)]
    public void Load(ReadOnlySpan<byte> images, ReadOnlySpan<int> numbers)
    {
        if (width > ChosenPixels.LargestWidth)
        {
            LoadFeatures(images, numbers);
            return;
        }

        RowCount = numbers.Length;
        Pixels = _pixels ??= new ChosenPixels(width, most);
        Count = _pixels.Choose(images, numbers);
    }

    /// <summary>Takes over one row that has no zeros already.</summary>
    [MethodImpl(HotPath.Code)]
    public void LoadNonZeros(ReadOnlySpan<int> indices, ReadOnlySpan<float> values)
    {
        RowCount = 1;
        Pixels = null;
        Count = indices.Length;
        indices.CopyTo(_indices);
        values.CopyTo(_values);
    }

    /// <summary>Starts to bring pixels into the cache, if another core has loaded them. Lists of features are rare, and wait.</summary>
    public void Fetch() => Pixels?.Fetch(RowCount, Count);

    private int Place(int row, int input) => (row * width) + input;

    // Sixteen at a time: what is to stay moves to the front of its vector, and so do the indices. A whole vector is stored
    // each time; what is too much, the next one overwrites.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int AppendVector(int count, int index, ReadOnlySpan<float> rows, ReadOnlySpan<int> numbers)
    {
        Vector512<float> empty = Vector512<float>.AllBitsSet;
        foreach (int number in numbers)
            empty &= Vector512.Equals(Vector512.Create(rows[Place(number, index)..]), Vector512<float>.Zero);
        for (int row = 0; row < numbers.Length; row++)
        {
            var values = Vector512.Create(rows[Place(numbers[row], index)..]);
            Avx512F.Compress(Vector512<float>.Zero, ~empty, values).StoreUnsafe(ref _values[(row * _room) + count]);
        }

        Vector512<int> indices = Vector512.Create(index) + Vector512<int>.Indices;
        Avx512F.Compress(Vector512<int>.Zero, ~empty.AsInt32(), indices).StoreUnsafe(ref _indices[count]);
        return count + Vector512<float>.Count - BitOperations.PopCount(empty.ExtractMostSignificantBits());
    }

    // The same for eight at a time.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int AppendGroup(int count, int index, ReadOnlySpan<float> rows, ReadOnlySpan<int> numbers)
    {
        Vector256<float> empty = Vector256<float>.AllBitsSet;
        foreach (int number in numbers)
            empty &= Vector256.Equals(Vector256.Create(rows[Place(number, index)..]), Vector256<float>.Zero);
        uint kept = ~empty.ExtractMostSignificantBits() & byte.MaxValue;
        Vector128<ushort> narrow = Vector128.WidenLower(ChosenPlaces.Of(kept));
        Vector256<int> places = Vector256.Create(Vector128.WidenLower(narrow), Vector128.WidenUpper(narrow)).AsInt32();
        for (int row = 0; row < numbers.Length; row++)
        {
            var values = Vector256.Create(rows[Place(numbers[row], index)..]);
            Vector256.ShuffleNative(values, places).StoreUnsafe(ref _values[(row * _room) + count]);
        }

        (places + Vector256.Create(index)).StoreUnsafe(ref _indices[count]);
        return count + BitOperations.PopCount(kept);
    }

    private void LoadFeatures(ReadOnlySpan<byte> images, ReadOnlySpan<int> numbers)
    {
        var features = new float[numbers.Length * width];
        Span<int> own = stackalloc int[numbers.Length];
        for (int row = 0; row < numbers.Length; row++)
        {
            own[row] = row;
            Pixel.ToFeatures(images.Slice(Place(numbers[row], 0), width), features.AsSpan(row * width, width));
        }

        Load(features, own);
    }
}
