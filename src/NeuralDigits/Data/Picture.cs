namespace NeuralDigits;

/// <summary>A grey picture of any size: what a scanner, a camera or a drawing program made. Never changed.</summary>
/// <remarks>To get from a picture of a digit to what a network reads: <see cref="DigitImage.From"/>.</remarks>
public sealed class Picture
{
    /// <summary>Wraps the pixels of a grey picture. Nothing is copied: the caller must not change them afterwards.</summary>
    /// <param name="pixels">[rows, columns], row-major; 0 is black, 255 white.</param>
    /// <param name="rows">Pixel rows, at least 1.</param>
    /// <param name="columns">Pixel columns, at least 1.</param>
    /// <exception cref="ArgumentException">The number of pixels is not rows times columns.</exception>
    public Picture(ReadOnlyMemory<byte> pixels, int rows, int columns)
    {
        CheckSize(pixels.Length, rows, columns, bytesPerPixel: 1, nameof(pixels));
        (Pixels, Rows, Columns) = (pixels, rows, columns);
    }

    /// <summary>Pixel rows.</summary>
    public int Rows { get; }

    /// <summary>Pixel columns.</summary>
    public int Columns { get; }

    /// <summary>The pixels, [rows, columns], row-major; 0 is black, 255 white.</summary>
    public ReadOnlyMemory<byte> Pixels { get; }

    /// <summary>Makes a grey picture of a coloured one that may be transparent in places.</summary>
    /// <remarks>
    /// Grey is the luma of ITU-R BT.601, 0.299 R + 0.587 G + 0.114 B. Where most of the picture's border is transparent, the drawing lies on
    /// no paper at all: it is put on white, or on black if it is light itself. Else transparent places get the mean grey of the border.
    /// </remarks>
    /// <param name="pixels">[rows, columns, 4], row-major: red, green, blue, and opacity, by which the colours are not multiplied.</param>
    /// <param name="rows">Pixel rows, at least 1.</param>
    /// <param name="columns">Pixel columns, at least 1.</param>
    /// <exception cref="ArgumentException">The number of bytes is not four for each pixel.</exception>
    public static Picture FromRgba(ReadOnlySpan<byte> pixels, int rows, int columns)
    {
        CheckSize(pixels.Length, rows, columns, Backdrop.BytesPerPixel, nameof(pixels));
        byte backdrop = Backdrop.Of(pixels, rows, columns);
        var grey = new byte[rows * columns];
        for (int i = 0; i < grey.Length; i++)
        {
            ReadOnlySpan<byte> pixel = pixels.Slice(i * Backdrop.BytesPerPixel, Backdrop.BytesPerPixel);
            int opacity = pixel[3];
            grey[i] = (byte)(((Backdrop.Luma(pixel) * opacity) + (backdrop * (255 - opacity)) + 127) / 255);
        }

        return new Picture(grey, rows, columns);
    }

    private static void CheckSize(int length, int rows, int columns, int bytesPerPixel, string parameter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if ((Int128)rows * columns * bytesPerPixel != length)
            throw new ArgumentException($"{rows} x {columns} pixels of {bytesPerPixel} bytes are expected, but there are {length} bytes.", parameter);
    }
}
