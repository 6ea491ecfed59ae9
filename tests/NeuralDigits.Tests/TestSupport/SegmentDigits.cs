namespace NeuralDigits.Tests;

/// <summary>Digits as a pocket calculator shows them, drawn in any size and place: pictures whose answer is known.</summary>
internal static class SegmentDigits
{
    // From the top: top bar, upper left, upper right, middle bar, lower left, lower right, bottom bar.
    private static readonly string[] Segments =
        ["1110111", "0010010", "1011101", "1011011", "0111010", "1101011", "1101111", "1010010", "1111111", "1111011"];

    /// <summary>A drawing, dark on light, without greys between.</summary>
    /// <param name="digit">0 to 9.</param>
    /// <param name="rows">Pixel rows of the picture.</param>
    /// <param name="columns">Pixel columns of the picture.</param>
    /// <param name="top">Where the digit begins.</param>
    /// <param name="left">Where the digit begins.</param>
    /// <param name="height">How high the digit is; it is half as wide.</param>
    /// <param name="pen">How thick its strokes are.</param>
    public static Picture Draw(int digit, int rows, int columns, int top, int left, int height, int pen)
    {
        var pixels = new byte[rows * columns];
        Array.Fill(pixels, (byte)255);
        int width = height / 2, half = (height - pen) / 2;
        (int Top, int Left, int Rows, int Columns)[] bars =
        [
            (0, 0, pen, width), (0, 0, half + pen, pen), (0, width - pen, half + pen, pen), (half, 0, pen, width),
            (half, 0, height - half, pen), (half, width - pen, height - half, pen), (height - pen, 0, pen, width),
        ];
        for (int i = 0; i < bars.Length; i++)
        {
            for (int row = 0; Segments[digit][i] == '1' && row < bars[i].Rows; row++)
                pixels.AsSpan(((top + bars[i].Top + row) * columns) + left + bars[i].Left, bars[i].Columns).Clear();
        }

        return new Picture(pixels, rows, columns);
    }

    /// <summary>The same drawing, light on dark.</summary>
    public static Picture Inverted(Picture picture) =>
        new(picture.Pixels.ToArray().Select(grey => (byte)(255 - grey)).ToArray(), picture.Rows, picture.Columns);
}
