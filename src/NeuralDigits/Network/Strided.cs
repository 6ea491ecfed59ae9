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
        for (int row = 0; row < rows; row += 4)
            TransposeFour(ref At(row, 0), RowStep, ref target.At(0, row), target.RowStep, columns);
    }

    // Four rows; four columns at a time, so that a line of the target takes four at once.
    [MethodImpl(HotPath.Code)]
    private static void TransposeFour(ref float from0, nint step, ref float to0, nint targetStep, int columns)
    {
        ref float from1 = ref Unsafe.Add(ref from0, step), from2 = ref Unsafe.Add(ref from1, step), from3 = ref Unsafe.Add(ref from2, step);
        ref float to1 = ref Unsafe.Add(ref to0, targetStep);
        ref float to2 = ref Unsafe.Add(ref to1, targetStep), to3 = ref Unsafe.Add(ref to2, targetStep);
        nint place = 0;
        for (nint column = 0; column < columns; column += 4)
        {
            FourColumns tile = FourColumns.Of(
                ref Unsafe.Add(ref from0, column),
                ref Unsafe.Add(ref from1, column),
                ref Unsafe.Add(ref from2, column),
                ref Unsafe.Add(ref from3, column));
            tile.C0.StoreUnsafe(ref to0, (nuint)place);
            tile.C1.StoreUnsafe(ref to1, (nuint)place);
            tile.C2.StoreUnsafe(ref to2, (nuint)place);
            tile.C3.StoreUnsafe(ref to3, (nuint)place);
            place += 4 * targetStep;
        }
    }
}
