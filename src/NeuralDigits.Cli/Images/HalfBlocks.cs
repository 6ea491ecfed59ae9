using System.Text;

namespace NeuralDigits.Cli;

/// <summary>Draws images with characters, each of which shows two pixels, one above the other.</summary>
internal static class HalfBlocks
{
    private const char Upper = '▀';
    private const char Lower = '▄';
    private const char Both = '█';

    // The part of the palette of 256 colours that is grey, from nearly black to nearly white.
    private const int FirstGrey = 232;
    private const int GreyCount = 24;
    private const byte Threshold = 128;

    /// <summary>The lines of an image of bytes, 0 black and 255 white; as many columns as the image has, and half as many lines as it has rows.</summary>
    /// <param name="image">[rows, columns], row-major.</param>
    /// <param name="columns">Pixel columns.</param>
    /// <param name="inColour">Whether to draw in shades of grey by the codes of terminals; else in black and white by characters alone.</param>
    public static IReadOnlyList<string> Draw(ReadOnlySpan<byte> image, int columns, bool inColour)
    {
        int rows = image.Length / columns;
        var lines = new string[(rows + 1) / 2];
        var line = new StringBuilder();
        for (int i = 0; i < lines.Length; i++)
        {
            line.Clear();
            for (int column = 0; column < columns; column++)
            {
                byte above = image[(2 * i * columns) + column];
                byte below = (2 * i) + 1 < rows ? image[(((2 * i) + 1) * columns) + column] : (byte)0;
                _ = inColour
                    ? line.Append($"\u001b[38;5;{Grey(above)}m\u001b[48;5;{Grey(below)}m{Upper}")
                    : line.Append(Character(above >= Threshold, below >= Threshold));
            }

            lines[i] = inColour ? line.Append("\u001b[0m").ToString() : line.ToString();
        }

        return lines;
    }

    private static int Grey(byte pixel) => FirstGrey + (pixel * GreyCount / (byte.MaxValue + 1));

    private static char Character(bool above, bool below) => (above, below) switch
    {
        (true, true) => Both,
        (true, false) => Upper,
        (false, true) => Lower,
        _ => ' ',
    };
}
