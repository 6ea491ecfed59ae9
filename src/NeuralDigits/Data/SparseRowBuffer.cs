using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NeuralDigits;

/// <summary>Room for one <see cref="SparseRow"/> of a given width, filled again and again. Takes no memory before the first time.</summary>
internal sealed class SparseRowBuffer(int width)
{
    private int[] _indices = [];
    private float[] _values = [];

    /// <summary>Takes over the values of a dense row that are not zero.</summary>
    public SparseRow FromFeatures(ReadOnlySpan<float> features)
    {
        MakeRoom();
        int count = 0;
        int i = 0;
        if (Avx512F.IsSupported)
            count = CompressFeatures(features, ref i);
        for (; i < features.Length; i++)
        {
            // Written always and counted only if not zero: no branch to mispredict.
            _indices[count] = i;
            _values[count] = features[i];
            count += features[i] != 0 ? 1 : 0;
        }

        return new SparseRow(_indices, _values, 0, count);
    }

    /// <summary>Takes over the pixels that are not zero, as features.</summary>
    public SparseRow FromPixels(ReadOnlySpan<byte> pixels)
    {
        MakeRoom();
        int count = 0;
        int i = 0;
        if (Avx512F.IsSupported)
            count = CompressPixels(pixels, ref i);
        for (; i < pixels.Length; i++)
        {
            byte pixel = pixels[i];
            _indices[count] = i;
            _values[count] = Pixel.ToFeature(pixel);
            count += pixel != 0 ? 1 : 0;
        }

        return new SparseRow(_indices, _values, 0, count);
    }

    // Sixteen at a time: those that are not zero move together to the front of their vector, and so do their indices. A
    // whole vector is stored each time; what is too much, the next one overwrites.
    private int CompressFeatures(ReadOnlySpan<float> features, ref int i)
    {
        int count = 0;
        for (; i <= features.Length - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            var values = Vector512.Create(features[i..]);
            Vector512<float> kept = ~Vector512.Equals(values, Vector512<float>.Zero);
            Store(Avx512F.Compress(Vector512<float>.Zero, kept, values), Indices(i, kept.AsInt32()), count);
            count += BitOperations.PopCount(kept.ExtractMostSignificantBits());
        }

        return count;
    }

    private int CompressPixels(ReadOnlySpan<byte> pixels, ref int i)
    {
        int count = 0;
        for (; i <= pixels.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            Vector512<int> values = Avx512F.ConvertToVector512Int32(Vector128.Create(pixels[i..]));
            Vector512<int> kept = Vector512.GreaterThan(values, Vector512<int>.Zero);
            Store(Avx512F.Compress(Vector512<int>.Zero, kept, values).AsSingle(), Indices(i, kept), count);
            count += BitOperations.PopCount(kept.ExtractMostSignificantBits());
        }

        // The division of Pixel.ToFeature, only of what is not zero.
        Span<Vector512<float>> vectors = MemoryMarshal.Cast<float, Vector512<float>>(_values.AsSpan(0, _values.Length));
        for (int v = 0; v * Vector512<float>.Count < count; v++)
            vectors[v] = Vector512.ConvertToSingle(vectors[v].AsInt32()) / Vector512.Create((float)byte.MaxValue);
        return count;
    }

    private static Vector512<int> Indices(int first, Vector512<int> kept) =>
        Avx512F.Compress(Vector512<int>.Zero, kept, Vector512.Create(first) + Vector512<int>.Indices);

    private void Store(Vector512<float> values, Vector512<int> indices, int count)
    {
        values.StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(_values), (nuint)count);
        indices.StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(_indices), (nuint)count);
    }

    private void MakeRoom()
    {
        if (_indices.Length > 0)
            return;

        // Whole vectors, the last of which may be stored behind the last value.
        int length = width + (2 * Vector512<float>.Count);
        _indices = new int[length];
        _values = new float[length];
    }
}
