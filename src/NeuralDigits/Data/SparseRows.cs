using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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
/// <param name="makesFeatures">Whether pixels are made features when they are loaded, not each time that they are read.</param>
internal sealed class SparseRows(int width, int most = 1, bool makesFeatures = false)
{
    /// <summary>The most rows that the kernels take together.</summary>
    public const int MostTogether = 5;

    // Whole vectors, the last of which may be stored behind the last value.
    private readonly int _room = width + (2 * Vector512<float>.Count);
    private int[] _indices = [];
    private float[] _values = [];

    // Where the rows start that are loaded.
    private readonly RowStarts _starts = new(width, most);

    private ChosenPixels? _pixels;

    /// <summary>The number of indices.</summary>
    public int Count { get; private set; }

    /// <summary>The number of rows.</summary>
    public int RowCount { get; private set; }

    /// <summary>The inputs as pixels; null if they are features.</summary>
    public ChosenPixels? Pixels { get; private set; }

    /// <summary>The inputs as features, if they are not pixels.</summary>
    public SparseFeatures<int> Features => new(ref _indices[0], ref _values[0], _room);

    /// <summary>Takes over rows of features.</summary>
    /// <param name="rows">Rows, one after the other.</param>
    /// <param name="numbers">Which of them: at least one, and at most as many as there is room for.</param>
    [MethodImpl(HotPath.Code)]
    public void Load(ReadOnlySpan<float> rows, ReadOnlySpan<int> numbers)
    {
        MakeRoom();
        Pixels = null;
        RowCount = numbers.Length;
        _starts.Find(rows, numbers);
        Count = Choose(rows, numbers);
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
        Pixels = _pixels ??= new ChosenPixels(width, most, makesFeatures);
        Count = _pixels.Choose(images, numbers);
    }

    /// <summary>Takes over one row that has no zeros already.</summary>
    [MethodImpl(HotPath.Code)]
    public void LoadNonZeros(ReadOnlySpan<int> indices, ReadOnlySpan<float> values)
    {
        MakeRoom();
        RowCount = 1;
        Pixels = null;
        Count = indices.Length;
        indices.CopyTo(_indices);
        values.CopyTo(_values);
    }

    // Not before it is needed: pixels have room of their own.
    private void MakeRoom()
    {
        if (_indices.Length > 0)
            return;
        _indices = new int[_room];
        _values = new float[most * _room];
    }

    [MethodImpl(HotPath.Code)]
    private int Choose(ReadOnlySpan<float> rows, ReadOnlySpan<int> numbers)
    {
        int count = 0;
        int i = 0;
        for (; Avx512F.IsSupported && i <= width - Vector512<float>.Count; i += Vector512<float>.Count)
            count = AppendVector(count, i, rows, numbers);
        if (Vector256.IsHardwareAccelerated && width >= ChosenPlaces.Group)
            return AppendGroups(count, i, rows, numbers.Length);
        for (; i < width; i++)
        {
            // Written always and counted only if not zero: no branch to mispredict.
            bool any = false;
            _indices[count] = i;
            for (int row = 0; row < numbers.Length; row++)
                any |= (_values[(row * _room) + count] = rows[Place(numbers[row], i)]) != 0;
            count += any ? 1 : 0;
        }

        return count;
    }

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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int AppendGroups(int count, int index, ReadOnlySpan<float> rows, int rowCount) => rowCount switch
    {
        1 => AppendGroups<One>(count, index, ref MemoryMarshal.GetReference(rows)),
        2 => AppendGroups<Two>(count, index, ref MemoryMarshal.GetReference(rows)),
        3 => AppendGroups<Three>(count, index, ref MemoryMarshal.GetReference(rows)),
        4 => AppendGroups<Four>(count, index, ref MemoryMarshal.GetReference(rows)),
        5 => AppendGroups<Five>(count, index, ref MemoryMarshal.GetReference(rows)),
        _ => throw new ArgumentOutOfRangeException(nameof(rowCount), rowCount, $"A list is of 1 to {MostTogether} rows."),
    };

    // What AppendVector does, eight at a time, for all inputs from an index on.
    [MethodImpl(HotPath.Kernel)]
    private int AppendGroups<TRows>(nint count, nint index, ref float rows)
        where TRows : struct, IExtent
    {
        ref ulong allPlaces = ref ChosenPlaces.First;
        ref int indices = ref _indices[0];
        ref float values = ref _values[0];
        ref nint starts = ref _starts.First;
        nint room = _room, end = width;
        for (; index < end; index += ChosenPlaces.Group)
        {
            // The last eight end with the row and start among inputs that have been seen.
            nint first = Math.Min(index, end - ChosenPlaces.Group);
            ref float inputs = ref Unsafe.Add(ref rows, first);
            Vector256<float> empty = Vector256<float>.AllBitsSet;
            for (int row = 0; row < TRows.Value; row++)
                empty &= Vector256.Equals(Vector256.LoadUnsafe(ref inputs, (nuint)Unsafe.Add(ref starts, row)), Vector256<float>.Zero);
            uint kept = (byte)(~empty.ExtractMostSignificantBits() & (uint.MaxValue << (int)(index - first)));
            Vector128<ushort> narrow = Vector128.WidenLower(ChosenPlaces.Of(kept, ref allPlaces));
            Vector256<int> places = Vector256.Create(Vector128.WidenLower(narrow), Vector128.WidenUpper(narrow)).AsInt32();
            (places + Vector256.Create((int)first)).StoreUnsafe(ref indices, (nuint)count);
            for (int row = 0; row < TRows.Value; row++)
            {
                var eight = Vector256.LoadUnsafe(ref inputs, (nuint)Unsafe.Add(ref starts, row));
                Vector256.ShuffleNative(eight, places).StoreUnsafe(ref values, (nuint)((row * room) + count));
            }

            count += BitOperations.PopCount(kept);
        }

        return (int)count;
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
