using System.Runtime.CompilerServices;

namespace NeuralDigits;

/// <summary>Inputs of one or two rows that are not zero in all of them, as the kernels read them.</summary>
internal interface ISparseList
{
    /// <summary>The number of an input.</summary>
    nint Index(nint position);

    /// <summary>Its value in the first row.</summary>
    float First(nint position);

    /// <summary>Its value in the second row; only if there is one.</summary>
    float Second(nint position);
}

/// <summary>A list of features.</summary>
internal readonly ref struct SparseFeatures(ref int indices, ref float first, ref float second) : ISparseList
{
    private readonly ref int _indices = ref indices;
    private readonly ref float _first = ref first;
    private readonly ref float _second = ref second;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public nint Index(nint position) => Unsafe.Add(ref _indices, position);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float First(nint position) => Unsafe.Add(ref _first, position);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Second(nint position) => Unsafe.Add(ref _second, position);
}

/// <summary>A list of pixels, which take a third of the room: each is read as the feature that <see cref="Pixel"/> makes of it.</summary>
internal readonly ref struct SparsePixels(ref ushort indices, ref byte first, ref byte second) : ISparseList
{
    private readonly ref ushort _indices = ref indices;
    private readonly ref byte _first = ref first;
    private readonly ref byte _second = ref second;
    private readonly ref float _features = ref Pixel.FirstFeature;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public nint Index(nint position) => Unsafe.Add(ref _indices, position);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float First(nint position) => Unsafe.Add(ref _features, (nint)Unsafe.Add(ref _first, position));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Second(nint position) => Unsafe.Add(ref _features, (nint)Unsafe.Add(ref _second, position));
}
