namespace NeuralDigits.Tests;

public class StridedTests
{
    [Theory]
    [InlineData(4, 4)]
    [InlineData(12, 60)]
    [InlineData(64, 8)]
    [InlineData(10, 30)] // room for whole fours is taken as well
    [InlineData(1, 1)]
    public void A_transposed_copy_has_rows_and_columns_exchanged(int rows, int columns)
    {
        int wholeRows = (rows + 3) / 4 * 4, wholeColumns = (columns + 3) / 4 * 4;
        var matrix = new Matrix(wholeRows, wholeColumns);
        for (int row = 0; row < wholeRows; row++)
        {
            for (int column = 0; column < wholeColumns; column++)
                matrix.Row(row)[column] = (1000 * row) + column + 1;
        }

        var transposed = new Matrix(wholeColumns, wholeRows);
        matrix.FromColumn(0).TransposeTo(transposed.FromColumn(0), rows, columns);

        for (int row = 0; row < wholeRows; row++)
        {
            for (int column = 0; column < wholeColumns; column++)
                Assert.Equal(matrix.Row(row)[column], transposed.Row(column)[row]);
        }
    }

    [Fact]
    public void Only_the_part_that_is_asked_for_is_copied()
    {
        var matrix = new Matrix(8, 32);
        for (int row = 0; row < 8; row++)
            matrix.Row(row)[..32].Fill(row + 1);

        var transposed = new Matrix(32, 8);
        matrix.FromColumn(8).TransposeTo(transposed.FromColumn(0), rows: 4, columns: 8);

        for (int column = 0; column < 32; column++)
            Assert.Equal(column < 8 ? [1, 2, 3, 4, 0, 0, 0, 0] : new float[8], transposed.Row(column)[..8].ToArray());
    }
}
