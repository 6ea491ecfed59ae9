namespace NeuralDigits;

/// <summary>Makes images smaller or larger: each new pixel is the mean of the area that it covers.</summary>
/// <remarks>
/// Exact: all weights are whole numbers, so that every machine gives the same pixels. A side of n pixels becomes one of m: both are n * m
/// units long; an old pixel takes m of them, a new one n.
/// </remarks>
internal static class AreaAverage
{
    /// <summary>Resizes a box of an image.</summary>
    /// <param name="image">[rows, columns], row-major.</param>
    /// <param name="columns">Pixel columns of the image.</param>
    /// <param name="box">What to take of it.</param>
    /// <param name="newRows">Pixel rows of the result.</param>
    /// <param name="newColumns">Pixel columns of the result.</param>
    public static byte[] Resize(ReadOnlySpan<byte> image, int columns, InkBox box, int newRows, int newColumns)
    {
        var sums = new long[newRows * newColumns];
        var narrow = new long[newColumns];
        for (int row = 0; row < box.Rows; row++)
        {
            Narrow(image.Slice(((box.Top + row) * columns) + box.Left, box.Columns), narrow);

            // The new rows that this one reaches into, each by its share.
            for (long start = (long)row * newRows, end = start + newRows; start < end;)
            {
                long newRow = start / box.Rows;
                long share = Math.Min(end, (newRow + 1) * box.Rows) - start;
                Span<long> sum = sums.AsSpan((int)newRow * newColumns, newColumns);
                for (int i = 0; i < sum.Length; i++)
                    sum[i] += share * narrow[i];
                start += share;
            }
        }

        long area = (long)box.Rows * box.Columns;
        return [.. sums.Select(sum => (byte)((sum + (area / 2)) / area))];
    }

    private static void Narrow(ReadOnlySpan<byte> line, long[] sums)
    {
        Array.Clear(sums);
        for (int column = 0; column < line.Length; column++)
        {
            if (line[column] == 0)
                continue;
            for (long start = (long)column * sums.Length, end = start + sums.Length; start < end;)
            {
                long newColumn = start / line.Length;
                long share = Math.Min(end, (newColumn + 1) * line.Length) - start;
                sums[newColumn] += share * line[column];
                start += share;
            }
        }
    }
}
