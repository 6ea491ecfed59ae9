namespace NeuralDigits.Tests;

public class LabelledImagesTests
{
    private static readonly LabelledImages Three =
        new(new byte[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 }, new byte[] { 7, 8, 9 }, rows: 2, columns: 2);

    [Fact]
    public void Images_made_in_memory_are_found_again_and_have_no_source()
    {
        Assert.Equal((3, 2, 2, 4, 10), (Three.Count, Three.Rows, Three.Columns, Three.PixelsPerImage, Three.ClassCount));
        Assert.Equal([4, 5, 6, 7], Three.Image(1).ToArray());
        Assert.Null(Three.ImagesSha256);
        Assert.Null(Three.LabelsSha256);
    }

    [Fact]
    public void Classes_are_called_by_their_numbers_or_by_names_that_slices_keep()
    {
        var named = new LabelledImages(new byte[] { 1, 2 }, new byte[] { 1, 0 }, 1, 1, classCount: 2, ["cat", "dog"]);

        Assert.Equal(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"], Three.ClassNames);
        Assert.Equal(["cat", "dog"], named.Slice(1, 1).ClassNames);
    }

    [Theory]
    [InlineData("2 names are expected, one for each class, but there are 3", "cat", "dog", "cow")]
    [InlineData("must not be empty, and all differ, but one is 'cat'", "cat", "cat")]
    [InlineData("must not be empty, and all differ, but one is ''", "cat", "")]
    public void Names_that_do_not_tell_the_classes_apart_are_refused(string reason, params string[] names)
    {
        var e = Assert.Throws<ArgumentException>(() => new LabelledImages(new byte[1], new byte[1], 1, 1, classCount: 2, names));

        Assert.Contains(reason, e.Message);
    }

    [Fact]
    public void A_slice_is_a_view_on_the_same_memory()
    {
        LabelledImages slice = Three.Slice(1, 2);
        LabelledImages last = slice.Slice(1, 1);

        Assert.Equal((2, 2, 2, 10), (slice.Count, slice.Rows, slice.Columns, slice.ClassCount));
        Assert.Equal([8, 9], slice.Labels.ToArray());
        Assert.Equal([8, 9, 10, 11], last.Image(0).ToArray());
        Assert.True(last.Pixels.Span.Overlaps(Three.Pixels.Span, out int offset));
        Assert.Equal(-8, offset);
    }

    [Fact]
    public void A_slice_keeps_the_checksums_of_the_files_it_came_from()
    {
        using var folder = new TemporaryFolder();
        LabelledImages whole = IdxFile.Read(folder.Write("images", IdxBytes.Images(5)), folder.Write("labels", IdxBytes.Labels(5)));

        Assert.Equal(64, whole.ImagesSha256!.Length);
        Assert.Equal(whole.ImagesSha256, whole.Slice(1, 2).ImagesSha256);
        Assert.Equal(whole.LabelsSha256, whole.Slice(1, 2).LabelsSha256);
        Assert.NotEqual(whole.ImagesSha256, whole.LabelsSha256);
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 0)]
    [InlineData(0, 4)]
    [InlineData(3, 1)]
    [InlineData(4, 1)]
    [InlineData(1, int.MaxValue)]
    public void A_slice_of_images_that_are_not_there_is_refused(int start, int count) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Three.Slice(start, count));

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void An_image_that_is_not_there_is_refused(int index) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Three.Image(index).Length);

    [Fact]
    public void Lengths_that_do_not_agree_are_refused_with_the_figures()
    {
        var e = Assert.Throws<ArgumentException>(() => new LabelledImages(new byte[11], new byte[3], 2, 2));

        Assert.Contains("3 images of 2 x 2 pixels", e.Message);
        Assert.Contains("11 pixels", e.Message);
        Assert.Throws<ArgumentException>(() => new LabelledImages(new byte[4], new byte[4], int.MaxValue, int.MaxValue));
    }

    [Fact]
    public void No_images_at_all_are_refused() =>
        Assert.Throws<ArgumentException>(() => new LabelledImages(Array.Empty<byte>(), Array.Empty<byte>(), 2, 2));

    [Theory]
    [InlineData(0, 4, 10)]
    [InlineData(4, 0, 10)]
    [InlineData(2, 2, 0)]
    [InlineData(2, 2, 257)]
    public void Sizes_out_of_range_are_refused(int rows, int columns, int classCount) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new LabelledImages(new byte[4], new byte[1], rows, columns, classCount));

    [Fact]
    public void A_label_out_of_range_is_refused_with_its_index()
    {
        var e = Assert.Throws<ArgumentException>(() => new LabelledImages(new byte[12], new byte[] { 0, 3, 4 }, 2, 2, classCount: 4));

        Assert.Contains("Label 2 is 4, but must be from 0 to 3", e.Message);
    }
}
