using System.Runtime.CompilerServices;

namespace NeuralDigits;

/// <summary>A row-major matrix [rows, columns], zero at first. Rows are padded to whole cache lines.</summary>
internal sealed class Matrix
{
    private readonly AlignedFloats _values;
    private readonly int _pitch;

    public Matrix(int rows, int columns)
    {
        // An odd number of lines: rows a power of two apart would all fall into the same few places of the cache.
        int lines = ((columns + AlignedFloats.PerLine - 1) / AlignedFloats.PerLine) | 1;
        _pitch = lines * AlignedFloats.PerLine;
        _values = new AlignedFloats(checked(rows * _pitch));
    }

    /// <summary>A row with its padding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<float> Row(int row) => _values.Span.Slice(row * _pitch, _pitch);

    /// <summary>The matrix from a row on, for the kernels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Strided FromRow(int row) => new(ref Row(row)[0], _pitch, 1);

    /// <summary>The matrix from a column on, for the kernels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Strided FromColumn(int column) => new(ref _values.Span[column], _pitch, 1);

    /// <summary>The matrix with rows and columns exchanged, for the kernels; nothing moves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Strided Transposed() => new(ref _values.Span[0], 1, _pitch);
}
