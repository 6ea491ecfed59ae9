using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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

    /// <summary>Copies a part of the matrix into another one, with rows and columns exchanged.</summary>
    /// <param name="target">[columns, rows].</param>
    /// <param name="rows">The number of rows to take; there is room for whole fours, here and in the target.</param>
    /// <param name="columns">The number of columns to take; likewise.</param>
    [MethodImpl(HotPath.Code)]
    public void TransposeTo(Strided target, int rows, int columns)
    {
        // Four by four: a line of the target takes four at a time.
        for (int row = 0; row < rows; row += 4)
        {
            for (int column = 0; column < columns; column += 4)
            {
                ref float from = ref At(row, column);
                ref float to = ref target.At(column, row);
                for (int k = 0; k < 4; k++)
                {
                    Vector128.Create(from, Unsafe.Add(ref from, RowStep), Unsafe.Add(ref from, 2 * RowStep), Unsafe.Add(ref from, 3 * RowStep))
                        .StoreUnsafe(ref to);
                    from = ref Unsafe.Add(ref from, 1);
                    to = ref Unsafe.Add(ref to, target.RowStep);
                }
            }
        }
    }
}
