using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NeuralDigits;

/// <summary>One row of inputs without its zeros: indices in ascending order, each with its value. A view: the arrays are another's.</summary>
internal readonly struct SparseRow
{
    private readonly int[] _indices;
    private readonly float[] _values;
    private readonly int _start;

    public SparseRow(int[] indices, float[] values, int start, int count)
    {
        _indices = indices;
        _values = values;
        _start = start;
        Count = count;
    }

    public int Count { get; }

    public ReadOnlySpan<int> Indices => _indices.AsSpan(_start, Count);

    public ReadOnlySpan<float> Values => _values.AsSpan(_start, Count);

    /// <summary>The first index, for the kernels.</summary>
    public ref int FirstIndex => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_indices), _start);

    /// <summary>The first value, for the kernels.</summary>
    public ref float FirstValue => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_values), _start);
}
