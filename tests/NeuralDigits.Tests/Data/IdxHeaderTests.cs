using System.Text;

namespace NeuralDigits.Tests;

public class IdxHeaderTests
{
    [Fact]
    public void An_empty_file_is_refused() => Refusal.OfImages([], "as a whole", "nothing: it is empty");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_file_shorter_than_the_magic_number_is_refused(int length) =>
        Refusal.OfImages(IdxBytes.Images(1).AsSpan(0, length), $"offset {length}", "at least 4 bytes", "found the end");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_file_that_does_not_start_with_two_zero_bytes_is_refused(int index)
    {
        byte[] file = IdxBytes.Images(1);
        file[index] = 0x7F;

        Refusal.OfImages(file, "offset 0", "two zero bytes", "7F", "not an IDX file");
    }

    [Theory]
    [InlineData(0x09, "signed byte")]
    [InlineData(0x0B, "16-bit integer")]
    [InlineData(0x0C, "32-bit integer")]
    [InlineData(0x0D, "32-bit floating point")]
    [InlineData(0x0E, "64-bit floating point")]
    [InlineData(0x0A, "no IDX type")]
    [InlineData(0x07, "no IDX type")]
    [InlineData(0xFF, "no IDX type")]
    public void Another_type_than_unsigned_byte_is_refused_and_named(byte code, string name)
    {
        byte[] file = IdxBytes.Images(1);
        file[2] = code;

        Refusal.OfImages(file, "offset 2", "0x08 (unsigned byte)", $"0x{code:X2} ({name})");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(255)]
    public void Another_number_of_dimensions_is_refused(byte count)
    {
        byte[] images = IdxBytes.Images(1);
        byte[] labels = IdxBytes.Labels(1);
        images[3] = labels[3] = count;

        Refusal.OfImages(images, "offset 3", "expected 3", $"found {count}");
        Refusal.OfLabels(labels, "offset 3", "expected 1", $"found {count}");
    }

    [Fact]
    public void Labels_in_place_of_images_are_named_as_such() =>
        Refusal.OfImages(IdxBytes.Labels(20), "offset 3", "expected 3", "(images), found 1 (labels)", "swapped?");

    [Fact]
    public void Images_in_place_of_labels_are_named_as_such() =>
        Refusal.OfLabels(IdxBytes.Images(1), "offset 3", "expected 1", "(labels), found 3 (images)", "swapped?");

    [Theory]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(15)]
    public void A_header_cut_within_its_dimensions_is_refused_with_offset(int length) =>
        Refusal.OfImages(IdxBytes.Images(1).AsSpan(0, length), $"offset {length}", "the rest of a header of 16 bytes", "found the end");

    [Theory]
    [InlineData(0u)]
    [InlineData(0x8000_0000u)]
    [InlineData(uint.MaxValue)]
    public void A_dimension_of_zero_or_beyond_31_bits_is_refused(uint length)
    {
        Refusal.OfImages(IdxBytes.Of([length, 28, 28], []), "offset 4", "1 to 2147483647 images", $"found {length}");
        Refusal.OfImages(IdxBytes.Of([1, length, 28], []), "offset 8", "1 to 2147483647 pixel rows", $"found {length}");
        Refusal.OfImages(IdxBytes.Of([1, 28, length], []), "offset 12", "1 to 2147483647 pixel columns", $"found {length}");
    }

    [Fact]
    public void Dimensions_whose_product_exceeds_an_array_are_refused_before_memory_is_taken()
    {
        Refusal.OfImages(IdxBytes.Of([int.MaxValue, 28, 28], []), "offset 4", "product", "2147483647");
        Refusal.OfImages(IdxBytes.Of([100_000_000, 28, 28], []), "offset 8", "product", "100000000 x 28");
    }

    [Fact]
    public void Dimensions_whose_product_overflows_64_bits_are_refused_before_memory_is_taken()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("images", IdxBytes.Of([0x7FFF_0000, 0x7FFF_0000, 0x7FFF_0000], []));
        var anySize = new DataSetFormat { Rows = null, Columns = null };

        Assert.Contains("product", Assert.Throws<InvalidDataException>(() => IdxFile.ReadImages(path, anySize)).Message);
    }

    [Fact]
    public void A_little_endian_header_is_named_as_such()
    {
        Refusal.OfImages([0x03, 0x08, 0, 0, 1, 0, 0, 0, 28, 0, 0, 0, 28, 0, 0, 0], "offset 0", "03080000", "little-endian");
        Refusal.OfLabels([0x01, 0x08, 0, 0, 1, 0, 0, 0, 7], "offset 0", "01080000", "little-endian");
    }

    [Theory]
    [InlineData("<!DOCTYPE html><html><body>404 Not Found</body></html>", "HTML")]
    [InlineData("<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>", "HTML or XML")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:440f\nsize 9912422\n", "git lfs pull")]
    [InlineData("PK\u0003\u0004 and so on", "zip archive")]
    [InlineData("0,0,0,12,253,0", "not an IDX file")]
    public void What_was_saved_in_place_of_the_data_is_named(string content, string name) =>
        Refusal.OfImages(Encoding.UTF8.GetBytes(content), "offset 0", name);

    [Fact]
    public void Images_of_another_size_are_refused_unless_asked_for()
    {
        using var folder = new TemporaryFolder();
        byte[] file = IdxBytes.Images(2, rows: 16, columns: 12);
        string path = folder.Write("images", file);

        Refusal.OfImages(file, "offset 8", "expected 28 pixel rows, found 16");
        Refusal.OfImages(IdxBytes.Images(2, rows: 28, columns: 12), "offset 12", "expected 28 pixel columns, found 12");
        Assert.Equal([2, 16, 12], IdxFile.ReadImages(path, new DataSetFormat { Rows = 16, Columns = 12 }).Dimensions);
        Assert.Equal([2, 16, 12], IdxFile.ReadImages(path, new DataSetFormat { Rows = null, Columns = null }).Dimensions);
    }
}
