namespace NeuralDigits;

/// <summary>The smallest box that holds all ink of an image.</summary>
internal readonly record struct InkBox(int Top, int Left, int Rows, int Columns)
{
    /// <summary>The longer side.</summary>
    public int Length => Math.Max(Rows, Columns);

    /// <summary>The box of an image; without extent if the image is empty.</summary>
    /// <param name="ink">[rows, columns], row-major; 0 is paper.</param>
    /// <param name="columns">Pixel columns of the image.</param>
    public static InkBox Of(ReadOnlySpan<byte> ink, int columns)
    {
        int top = ink.Length, bottom = -1, left = columns, right = -1;
        for (int start = 0, row = 0; start < ink.Length; start += columns, row++)
        {
            ReadOnlySpan<byte> line = ink.Slice(start, columns);
            int first = line.IndexOfAnyExcept((byte)0);
            if (first < 0)
                continue;
            top = Math.Min(top, row);
            bottom = row;
            left = Math.Min(left, first);
            right = Math.Max(right, line.LastIndexOfAnyExcept((byte)0));
        }

        return bottom < 0 ? default : new InkBox(top, left, bottom - top + 1, right - left + 1);
    }
}
