namespace NeuralDigits.Tests;

public sealed class IdxWritingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LabelledImages _images = new(new byte[] { 0, 255, 51, 0, 1, 2, 3, 4, 5, 6, 7, 8 }, new byte[] { 3, 7 }, rows: 2, columns: 3);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_are_those_of_the_format_byte_for_byte()
    {
        IdxFile.Write(_images, _folder["images"], _folder["labels"]);

        Assert.Equal(IdxBytes.Of([2, 2, 3], _images.Pixels.Span), File.ReadAllBytes(_folder["images"]));
        Assert.Equal(IdxBytes.Of([2], _images.Labels.Span), File.ReadAllBytes(_folder["labels"]));
    }

    [Fact]
    public void Files_are_replaced_and_nothing_is_left_beside_them()
    {
        _folder.Write("images", [1, 2, 3]);

        IdxFile.Write(_images, _folder["images"], _folder["labels"]);

        Assert.Equal(2, IdxFile.Read(_folder["images"], _folder["labels"], new DataSetFormat { Rows = 2, Columns = 3 }).Count);
        Assert.Equal(2, Directory.GetFiles(_folder.Path).Length);
    }

    [Fact]
    public void Where_one_file_cannot_be_written_the_other_one_stays_as_it_was()
    {
        _folder.Write("images", [1, 2, 3]);

        Assert.ThrowsAny<IOException>(() => IdxFile.Write(_images, _folder["images"], _folder["missing/labels"]));

        Assert.Equal([1, 2, 3], File.ReadAllBytes(_folder["images"]));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void The_same_path_for_both_is_refused() =>
        Assert.Throws<ArgumentException>(() => IdxFile.Write(_images, _folder["same"], Path.Combine(_folder.Path, ".", "same")));
}
