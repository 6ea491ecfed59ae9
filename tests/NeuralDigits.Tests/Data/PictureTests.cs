namespace NeuralDigits.Tests;

public class PictureTests
{
    private static readonly Picture Drawing = SegmentDigits.Draw(4, 50, 40, top: 10, left: 10, height: 30, pen: 4);
    private static readonly byte[] Expected = DigitImage.From(Drawing);

    [Fact]
    public void Grey_is_the_luma_of_the_colour()
    {
        Picture picture = Picture.FromRgba([255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 255, 255, 255, 255], rows: 2, columns: 2);

        Assert.Equal([76, 150, 29, 255], picture.Pixels.ToArray());
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(255, 255, 255)]
    [InlineData(255, 255, 0)]
    [InlineData(0, 0, 128)]
    public void Ink_of_any_colour_on_nothing_is_read(byte red, byte green, byte blue)
    {
        byte[] pixels = Colour(grey => grey == 0 ? [red, green, blue, 255] : [0, 0, 0, 0]);

        Assert.Equal(Expected, DigitImage.From(Picture.FromRgba(pixels, Drawing.Rows, Drawing.Columns)));
    }

    [Fact]
    public void Transparent_corners_of_a_sheet_are_taken_for_paper()
    {
        byte[] pixels = Colour(grey => [grey, grey, grey, 255]);
        pixels.AsSpan(0, 4 * 3).Clear();

        Assert.Equal(Expected, DigitImage.From(Picture.FromRgba(pixels, Drawing.Rows, Drawing.Columns)));
    }

    [Fact]
    public void A_picture_of_nothing_at_all_is_blank() => Assert.Throws<InvalidDataException>(
        () => DigitImage.From(Picture.FromRgba(new byte[4 * 100], rows: 10, columns: 10)));

    [Fact]
    public void A_wrong_number_of_pixels_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new Picture(new byte[5], rows: 2, columns: 3));
        Assert.Throws<ArgumentException>(() => Picture.FromRgba(new byte[6], rows: 2, columns: 3));
    }

    private static byte[] Colour(Func<byte, byte[]> colour) => [.. Drawing.Pixels.ToArray().SelectMany(colour)];
}
