using System.Runtime.CompilerServices;

namespace NeuralDigits;

/// <summary>A matrix as the kernels see it: where it starts and how far apart its neighbours are. Bounds are the caller's to keep.</summary>
internal readonly ref struct Strided(ref float first, nint rowStep, nint columnStep)
{
    private readonly ref float _first = ref first;

    /// <summary>The number of floats from one row to the next.</summary>
    public nint RowStep { get; } = rowStep;

    /// <summary>The number of floats from one column to the next: 1 unless the matrix is seen transposed.</summary>
    public nint ColumnStep { get; } = columnStep;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref float At(int row, int column) => ref Unsafe.Add(ref _first, (row * RowStep) + (column * ColumnStep));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Strided FromRow(int row) => new(ref At(row, 0), RowStep, ColumnStep);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Strided FromColumn(int column) => new(ref At(0, column), RowStep, ColumnStep);
}
