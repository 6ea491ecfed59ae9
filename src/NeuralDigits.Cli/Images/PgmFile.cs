namespace NeuralDigits.Cli;

/// <summary>Reads PGM files, plain (P2) and raw (P5), of 8 and 16 bits.</summary>
/// <remarks>The format is published at https://netpbm.sourceforge.net/doc/pgm.html.</remarks>
internal static class PgmFile
{
    private const int MaximumGrey = ushort.MaxValue;

    /// <summary>Reads a picture.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="content">The file's bytes, of which the first are P2 or P5.</param>
    /// <exception cref="InvalidDataException">The file is malformed, or the picture too large.</exception>
    public static Picture Read(string path, ReadOnlySpan<byte> content)
    {
        bool isPlain = content[1] == (byte)'2';
        var numbers = new NetpbmNumbers(path, content, start: 2);
        int columns = numbers.Next("the width", 1, ImageFile.MaximumPixels);
        int rows = numbers.Next("the height", 1, ImageFile.MaximumPixels / columns);
        int white = numbers.Next("the grey that is white", 1, MaximumGrey);
        byte[] pixels = isPlain ? Plain(ref numbers, rows * columns, white) : Raw(ref numbers, rows * columns, white);
        numbers.RequireEnd();
        return new Picture(pixels, rows, columns);
    }

    private static byte[] Plain(ref NetpbmNumbers numbers, int count, int white)
    {
        numbers.RequireBytes(count);
        var pixels = new byte[count];
        for (int i = 0; i < count; i++)
            pixels[i] = ToByte(numbers.Next($"pixel {i}", 0, white), white);
        return pixels;
    }

    private static byte[] Raw(ref NetpbmNumbers numbers, int count, int white)
    {
        int width = white > byte.MaxValue ? 2 : 1;
        ReadOnlySpan<byte> raw = numbers.Raw((long)count * width);
        var pixels = new byte[count];
        for (int i = 0; i < count; i++)
        {
            int grey = width == 1 ? raw[i] : (raw[2 * i] << 8) | raw[(2 * i) + 1];
            pixels[i] = grey <= white ? ToByte(grey, white) : throw numbers.Error($"pixel {i}", $"0 to {white}", $"{grey}");
        }

        return pixels;
    }

    private static byte ToByte(int grey, int white) => (byte)(((grey * 255) + (white / 2)) / white);
}
