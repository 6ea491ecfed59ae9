using System.Runtime.Intrinsics;
using CsCheck;

namespace NeuralDigits.Tests;

public class StridedTests
{
    private const float Untouched = -1;

    private static readonly Gen<(int Rows, int Columns, int RowsBefore, int ColumnsBefore)> Parts = Gen.Select(
        Gen.Int[1, 40], Gen.Int[1, 40], Gen.Int[0, 5], Gen.Int[0, 5]);

    [Fact]
    public void A_part_of_a_matrix_is_copied_with_rows_and_columns_exchanged_and_nothing_else_is_touched() => Parts.Sample(part =>
    {
        // Whole fours are taken, here and in the target.
        int rows = (part.Rows + 3) / 4 * 4, columns = (part.Columns + 3) / 4 * 4;
        Matrix source = Numbered(part.RowsBefore + rows, part.ColumnsBefore + columns);
        int targetRows = part.ColumnsBefore + columns + 1, targetColumns = part.RowsBefore + rows + 1;
        var target = new Matrix(targetRows, targetColumns);
        for (int row = 0; row < targetRows; row++)
            target.Row(row).Fill(Untouched);

        source.FromRow(part.RowsBefore).FromColumn(part.ColumnsBefore)
            .TransposeTo(target.FromRow(part.ColumnsBefore).FromColumn(part.RowsBefore), part.Rows, part.Columns);

        for (int row = 0; row < targetRows; row++)
        {
            for (int column = 0; column < target.Row(row).Length; column++)
            {
                bool isCopied = row >= part.ColumnsBefore && row < part.ColumnsBefore + columns
                    && column >= part.RowsBefore && column < part.RowsBefore + rows;
                Assert.Equal(isCopied ? source.Row(column)[row] : Untouched, target.Row(row)[column]);
            }
        }
    });

    [Fact]
    public void Both_forms_of_a_tile_hold_its_columns()
    {
        Matrix four = Numbered(4, 4);
        FourColumns shuffled = FourColumns.Shuffled(ref four.Row(0)[0], ref four.Row(1)[0], ref four.Row(2)[0], ref four.Row(3)[0]);
        FourColumns gathered = FourColumns.Gathered(ref four.Row(0)[0], ref four.Row(1)[0], ref four.Row(2)[0], ref four.Row(3)[0]);
        Assert.Equal(gathered, shuffled);
        Assert.Equal(Vector128.Create(four.Row(0)[2], four.Row(1)[2], four.Row(2)[2], four.Row(3)[2]), gathered.C2);
    }

    // No two values are the same.
    private static Matrix Numbered(int rows, int columns)
    {
        var matrix = new Matrix(rows, columns);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
                matrix.Row(row)[column] = (1000 * row) + column + 1;
        }

        return matrix;
    }
}
