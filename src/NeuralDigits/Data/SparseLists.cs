using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralDigits;

/// <summary>Inputs of some rows that are not zero in all of them, as the kernels read them.</summary>
/// <typeparam name="TList">The list itself.</typeparam>
/// <typeparam name="TValue">The form in which they are kept.</typeparam>
internal interface ISparseList<TList, TValue>
    where TList : allows ref struct
{
    /// <summary>The list from a position on; what lies before it has negative positions.</summary>
    TList From(nint position);

    /// <summary>The number of an input.</summary>
    nint Index(nint position);

    /// <summary>Where the values of a row start.</summary>
    ref TValue Row(int row);

    /// <summary>The feature that a value stands for.</summary>
    float Feature(TValue value);
}

/// <summary>A list of features.</summary>
/// <typeparam name="TIndex">The form in which indices are kept.</typeparam>
/// <param name="indices">The first index.</param>
/// <param name="values">The first value of the first row.</param>
/// <param name="room">How far the rows are apart.</param>
internal readonly ref struct SparseFeatures<TIndex>(ref TIndex indices, ref float values, nint room) : ISparseList<SparseFeatures<TIndex>, float>
    where TIndex : struct, IBinaryInteger<TIndex>
{
    private readonly ref TIndex _indices = ref indices;
    private readonly ref float _values = ref values;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public SparseFeatures<TIndex> From(nint position) => new(ref Unsafe.Add(ref _indices, position), ref Unsafe.Add(ref _values, position), room);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public nint Index(nint position) => nint.CreateTruncating(Unsafe.Add(ref _indices, position));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref float Row(int row) => ref Unsafe.Add(ref _values, row * room);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Feature(float value) => value;
}

/// <summary>A list of pixels, which take a third of the room: each is read as the feature that <see cref="Pixel"/> makes of it.</summary>
/// <param name="indices">The first index.</param>
/// <param name="pixels">The first pixel of the first row.</param>
/// <param name="room">How far the rows are apart.</param>
internal readonly ref struct SparsePixels(ref ushort indices, ref byte pixels, nint room) : ISparseList<SparsePixels, byte>
{
    private readonly ref ushort _indices = ref indices;
    private readonly ref byte _pixels = ref pixels;
    private readonly ref float _features = ref Pixel.FirstFeature;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public SparsePixels From(nint position) => new(ref Unsafe.Add(ref _indices, position), ref Unsafe.Add(ref _pixels, position), room);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public nint Index(nint position) => Unsafe.Add(ref _indices, position);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref byte Row(int row) => ref Unsafe.Add(ref _pixels, row * room);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Feature(byte value) => Unsafe.Add(ref _features, (nint)value);
}
