using StbImageWriteSharp;

namespace NeuralDigits.Cli;

/// <summary>Many images of one size on one sheet, as a grey PNG file.</summary>
internal static class ContactSheet
{
    private const int Gap = 2;
    private const byte Paper = 64;

    /// <summary>The bytes of the file: about as many images from left to right as from top to bottom, in their order.</summary>
    /// <param name="images">The images.</param>
    /// <param name="indices">Which of them.</param>
    public static byte[] Write(LabelledImages images, IReadOnlyList<int> indices)
    {
        int across = (int)Math.Ceiling(Math.Sqrt(indices.Count));
        int down = (indices.Count + across - 1) / across;
        int width = (across * (images.Columns + Gap)) + Gap;
        int height = (down * (images.Rows + Gap)) + Gap;
        var sheet = new byte[width * height];
        Array.Fill(sheet, Paper);
        for (int i = 0; i < indices.Count; i++)
        {
            ReadOnlySpan<byte> image = images.Image(indices[i]);
            int left = Gap + (i % across * (images.Columns + Gap));
            int top = Gap + (i / across * (images.Rows + Gap));
            for (int row = 0; row < images.Rows; row++)
                image.Slice(row * images.Columns, images.Columns).CopyTo(sheet.AsSpan(((top + row) * width) + left));
        }

        using var file = new MemoryStream();
        new ImageWriter().WritePng(sheet, width, height, ColorComponents.Grey, file);
        return file.ToArray();
    }
}
