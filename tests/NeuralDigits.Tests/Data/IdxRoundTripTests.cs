using System.IO.Compression;
using System.Security.Cryptography;
using CsCheck;

namespace NeuralDigits.Tests;

public class IdxRoundTripTests
{
    private static readonly DataSetFormat AnyFormat = new() { Rows = null, Columns = null, ClassCount = 256 };

    [Fact]
    public void Images_of_any_size_are_read_as_they_were_written_gzipped_or_not()
    {
        using var folder = new TemporaryFolder();
        Gen<CompressionLevel> levels = Gen.Enum<CompressionLevel>();

        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 40], Gen.Int[1, 40], Gen.Int, levels).Sample(
            (count, rows, columns, seed, level) =>
            {
                byte[] file = IdxBytes.Images(count, rows, columns, seed);
                AssertHolds(IdxFile.ReadImages(folder.Write("plain", file), AnyFormat), [count, rows, columns], file);
                AssertHolds(IdxFile.ReadImages(folder.Write("gzip", IdxBytes.Gzip(file, level)), AnyFormat), [count, rows, columns], file);
            },
            threads: 1);
    }

    [Fact]
    public void Labels_are_read_as_they_were_written_gzipped_or_not()
    {
        using var folder = new TemporaryFolder();

        Gen.Byte.Array[1, 2000].Sample(
            labels =>
            {
                byte[] file = IdxBytes.Of([(uint)labels.Length], labels);
                AssertHolds(IdxFile.ReadLabels(folder.Write("plain", file), AnyFormat), [labels.Length], file);
                AssertHolds(IdxFile.ReadLabels(folder.Write("gzip", IdxBytes.Gzip(file)), AnyFormat), [labels.Length], file);
            },
            threads: 1);
    }

    [Fact]
    public void Images_of_many_chunks_are_read_as_they_were_written()
    {
        using var folder = new TemporaryFolder();
        byte[] file = IdxBytes.Images(1500);

        AssertHolds(IdxFile.ReadImages(folder.Write("plain", file)), [1500, 28, 28], file);
        AssertHolds(IdxFile.ReadImages(folder.Write("gzip", IdxBytes.Gzip(file))), [1500, 28, 28], file);
    }

    [Fact]
    public void The_content_decides_whether_a_file_is_gzipped_and_not_its_name()
    {
        using var folder = new TemporaryFolder();
        byte[] file = IdxBytes.Images(2);

        AssertHolds(IdxFile.ReadImages(folder.Write("unpacked-by-the-browser.gz", file)), [2, 28, 28], file);
        AssertHolds(IdxFile.ReadImages(folder.Write("packed", IdxBytes.Gzip(file))), [2, 28, 28], file);
    }

    private static void AssertHolds(IdxArray array, int[] dimensions, byte[] file)
    {
        Assert.Equal(dimensions, array.Dimensions);
        Assert.True(array.Values.Span.SequenceEqual(file.AsSpan(4 + 4 * dimensions.Length)));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(file)), array.Sha256);
    }
}
