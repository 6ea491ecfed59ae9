namespace NeuralDigits.Tests;

public class PixelTests
{
    [Fact]
    public void A_feature_is_the_pixel_divided_by_255() =>
        Assert.All(Enumerable.Range(0, 256), pixel => Assert.Equal(pixel / 255f, Pixel.ToFeature((byte)pixel)));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(256)]
    [InlineData(784)]
    public void Features_of_many_pixels_are_those_of_each_bit_for_bit(int count)
    {
        byte[] pixels = [.. Enumerable.Range(0, count).Select(i => (byte)(i * 7))];
        var features = new float[count];

        Pixel.ToFeatures(pixels, features);

        Assert.Equal(pixels.Select(Pixel.ToFeature), features);
    }

    [Fact]
    public void Room_for_another_number_of_features_is_refused() =>
        Assert.Throws<ArgumentException>(() => Pixel.ToFeatures(new byte[3], new float[4]));
}
