namespace NeuralDigits;

/// <summary>The outermost pixels of a picture: of a picture of one digit, they show the paper.</summary>
internal static class Border
{
    public static bool Contains(int row, int column, int rows, int columns) =>
        row == 0 || row == rows - 1 || column == 0 || column == columns - 1;

    /// <summary>The grey that half of the border is darker than: no stroke that runs off the edge moves it.</summary>
    public static int Median(ReadOnlySpan<byte> pixels, int rows, int columns)
    {
        var counts = new long[256];
        long total = 0;
        for (int row = 0; row < rows; row++)
        {
            // Of the rows in between, only the two ends.
            int step = row == 0 || row == rows - 1 ? 1 : Math.Max(1, columns - 1);
            for (int column = 0; column < columns; column += step, total++)
                counts[pixels[(row * columns) + column]]++;
        }

        int median = 0;
        for (long below = counts[0]; 2 * below < total; below += counts[median])
            median++;
        return median;
    }
}
