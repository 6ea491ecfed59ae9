namespace NeuralDigits;

/// <summary>How much ink each pixel of a picture holds, whatever the colours of ink and paper.</summary>
internal static class Ink
{
    /// <summary>Less contrast than this between paper and ink, of 255, is no drawing.</summary>
    private const int LeastContrast = 32;

    // What paper, dust and compression leave besides the strokes; of 255.
    private const int NoiseFloor = 64;

    /// <summary>The ink, from 0 (paper) to 255 (the strongest of the picture), in place of the greys.</summary>
    /// <remarks>
    /// Paper is what the border shows. The ink is whatever differs from it, on that side, darker or lighter, on which
    /// the squares of the differences sum to more.
    /// </remarks>
    /// <exception cref="InvalidDataException">There is nothing on the paper.</exception>
    public static byte[] Of(Picture picture)
    {
        ReadOnlySpan<byte> greys = picture.Pixels.Span;
        int paper = Border.Median(greys, picture.Rows, picture.Columns);
        (int sign, int contrast) = InkSide(greys, paper);
        if (contrast < LeastContrast)
        {
            throw new InvalidDataException(
                $"The picture is blank: no pixel differs by {LeastContrast} or more, of 255, from the grey {paper} of its border. " +
                "Draw a digit with more contrast.");
        }

        var ink = new byte[greys.Length];
        for (int i = 0; i < ink.Length; i++)
        {
            int amount = Math.Max(0, sign * (greys[i] - paper)) * 255 / contrast;
            ink[i] = amount < NoiseFloor ? (byte)0 : (byte)amount;
        }

        return ink;
    }

    private static (int Sign, int Contrast) InkSide(ReadOnlySpan<byte> greys, int paper)
    {
        long darker = 0, lighter = 0;
        int darkest = paper, lightest = paper;
        foreach (byte grey in greys)
        {
            int difference = grey - paper;
            if (difference < 0)
                darker += difference * difference;
            else
                lighter += difference * difference;
            darkest = Math.Min(darkest, grey);
            lightest = Math.Max(lightest, grey);
        }

        return darker > lighter ? (-1, paper - darkest) : (1, lightest - paper);
    }
}
