namespace NeuralDigits.Tests;

public class DigitImageTests
{
    [Theory]
    [InlineData(60, 60, 3, 25, 30, 4)]
    [InlineData(300, 200, 170, 120, 100, 9)]
    [InlineData(1000, 700, 10, 10, 900, 80)]
    [InlineData(12, 9, 1, 1, 10, 1)]
    public void Ink_is_20_pixels_long_and_balances_at_pixel_14(int rows, int columns, int top, int left, int height, int pen)
    {
        for (int digit = 0; digit < 10; digit++)
        {
            byte[] image = DigitImage.From(SegmentDigits.Draw(digit, rows, columns, top, left, height, pen));

            Assert.True(DigitImage.IsNormalized(new Picture(image, DigitImage.Side, DigitImage.Side)));
            Assert.Equal(20, InkBox.Of(image, DigitImage.Side).Length);
            Assert.Equal(255, image.Max());
        }
    }

    [Fact]
    public void A_block_becomes_the_block_that_arithmetic_says()
    {
        // 80 rows of 40 columns become 20 of 10; their middle, 9.5 and 4.5, is rounded up and put on 14.
        var picture = new byte[200 * 100];
        Array.Fill(picture, (byte)255);
        for (int row = 0; row < 80; row++)
            picture.AsSpan(((row + 110) * 100) + 3, 40).Clear();

        byte[] image = DigitImage.From(new Picture(picture, 200, 100));

        Assert.Equal(new InkBox(Top: 4, Left: 9, Rows: 20, Columns: 10), InkBox.Of(image, DigitImage.Side));
        Assert.Equal(200, image.Count(ink => ink == 255));
    }

    [Fact]
    public void Place_polarity_and_whole_factors_of_size_change_no_bit()
    {
        for (int digit = 0; digit < 10; digit++)
        {
            byte[] image = DigitImage.From(SegmentDigits.Draw(digit, 100, 80, top: 20, left: 20, height: 60, pen: 6));
            Picture elsewhere = SegmentDigits.Draw(digit, 300, 400, top: 5, left: 330, height: 60, pen: 6);
            Picture larger = SegmentDigits.Draw(digit, 400, 400, top: 60, left: 90, height: 180, pen: 18);

            Assert.Equal(image, DigitImage.From(elsewhere));
            Assert.Equal(image, DigitImage.From(SegmentDigits.Inverted(elsewhere)));
            Assert.Equal(image, DigitImage.From(larger));
        }
    }

    [Fact]
    public void Faint_ink_on_grey_and_grainy_paper_is_read_as_full_ink_on_clean_paper()
    {
        Picture clean = SegmentDigits.Draw(5, 120, 90, top: 20, left: 30, height: 70, pen: 8);
        var random = new Random(1);
        byte[] grainy = [.. clean.Pixels.ToArray().Select(grey => (byte)(grey == 0 ? 80 : 170 + random.Next(-15, 16)))];

        Assert.Equal(DigitImage.From(clean), DigitImage.From(new Picture(grainy, 120, 90)));
    }

    [Fact]
    public void A_line_thinner_than_a_pixel_of_the_result_still_has_full_ink()
    {
        byte[] image = DigitImage.From(SegmentDigits.Draw(7, 900, 600, top: 100, left: 100, height: 700, pen: 5));

        Assert.Equal(255, image.Max());
        Assert.Equal(20, InkBox.Of(image, DigitImage.Side).Length);
    }

    [Fact]
    public void Ink_that_lies_all_to_one_side_is_kept_whole()
    {
        // A long faint tail to the right of a block: centred, the tail would be cut off.
        byte[] grey = Enumerable.Repeat((byte)255, 60 * 200).ToArray();
        for (int row = 10; row < 50; row++)
            grey.AsSpan((row * 200) + 10, 30).Clear();
        grey.AsSpan((30 * 200) + 40, 120).Fill(60);

        byte[] image = DigitImage.From(new Picture(grey, 60, 200));

        Assert.Equal(20, InkBox.Of(image, DigitImage.Side).Columns);
    }

    [Theory]
    [InlineData(255, 255)]
    [InlineData(0, 0)]
    [InlineData(200, 180)]
    public void A_blank_picture_is_refused(byte paper, byte speck)
    {
        byte[] grey = Enumerable.Repeat(paper, 50 * 50).ToArray();
        grey[1234] = speck;

        var error = Assert.Throws<InvalidDataException>(() => DigitImage.From(new Picture(grey, 50, 50)));

        Assert.Contains("blank", error.Message, StringComparison.Ordinal);
        Assert.Contains($"grey {paper}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_dot_fills_the_box()
    {
        byte[] grey = Enumerable.Repeat((byte)255, 50 * 50).ToArray();
        grey[1234] = 0;

        byte[] image = DigitImage.From(new Picture(grey, 50, 50));

        Assert.Equal(new InkBox(4, 4, 20, 20), InkBox.Of(image, DigitImage.Side));
    }

    [Fact]
    public void An_image_as_MNISTs_stays_as_it_is()
    {
        byte[] image = DigitImage.From(SegmentDigits.Draw(3, 100, 80, top: 20, left: 20, height: 60, pen: 6));
        for (int i = 0; i < image.Length; i++)
            image[i] = (byte)(image[i] / 2);

        Assert.Equal(image, DigitImage.From(new Picture(image, 28, 28)));
    }

    [Fact]
    public void Areas_are_averaged_exactly()
    {
        var random = new Random(3);
        foreach ((int rows, int columns, int newRows, int newColumns) in new[] { (7, 5, 3, 2), (2, 3, 20, 20), (53, 41, 20, 15), (1, 1, 20, 20), (20, 9, 20, 9) })
        {
            var image = new byte[rows * columns];
            random.NextBytes(image);

            byte[] resized = AreaAverage.Resize(image, columns, new InkBox(0, 0, rows, columns), newRows, newColumns);

            for (int i = 0; i < resized.Length; i++)
                Assert.Equal(MeanOfArea(image, rows, columns, newRows, newColumns, i / newColumns, i % newColumns), resized[i], tolerance: 0.5001);
        }
    }

    [MnistFact]
    public void Every_image_of_MNIST_is_taken_as_it_is()
    {
        DataSet data = DataSet.Load(MnistFactAttribute.Folder);
        foreach (LabelledImages images in new[] { data.Training, data.Validation, data.Test })
        {
            for (int i = 0; i < images.Count; i++)
                Assert.True(DigitImage.IsNormalized(new Picture(images.Pixels.Slice(i * 784, 784), 28, 28)), $"image {i}");
        }
    }

    // Each pixel cut into newRows x newColumns equal pieces: the mean over those that fall into the new pixel.
    private static double MeanOfArea(byte[] image, int rows, int columns, int newRows, int newColumns, int newRow, int newColumn)
    {
        double sum = 0;
        for (int y = newRow * rows; y < (newRow + 1) * rows; y++)
        {
            for (int x = newColumn * columns; x < (newColumn + 1) * columns; x++)
                sum += image[(y / newRows * columns) + (x / newColumns)];
        }

        return sum / (rows * columns);
    }
}
