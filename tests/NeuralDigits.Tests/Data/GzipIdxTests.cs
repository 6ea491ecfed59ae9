using System.Buffers.Binary;
using System.Text;

namespace NeuralDigits.Tests;

public class GzipIdxTests
{
    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        byte[] gzip = IdxBytes.Gzip(IdxBytes.Images(2, 28, 28));
        for (int length = 1; length < gzip.Length; length++)
            Refusal.OfImages(gzip.AsSpan(0, length), "offset ");
    }

    [Fact]
    public void A_cut_is_found_even_where_the_trailer_is_forged()
    {
        byte[] images = IdxBytes.Images(2);
        byte[] gzip = IdxBytes.Gzip(images);
        byte[] cut = [.. gzip[..^20], .. gzip[^8..]];

        Refusal.OfImages(cut, $"offset {cut.Length}", "more compressed data", "the end of the file", "cut short");
    }

    [Fact]
    public void A_flipped_bit_is_refused_or_changes_nothing()
    {
        using var folder = new TemporaryFolder();
        byte[] labels = IdxBytes.Labels(60);
        byte[] gzip = IdxBytes.Gzip(labels);
        int refused = 0;
        for (int bit = 0; bit < gzip.Length * 8; bit++)
        {
            byte[] flipped = [.. gzip];
            flipped[bit / 8] ^= (byte)(1 << bit % 8);
            string path = folder.Write("labels", flipped);
            try
            {
                Assert.Equal(labels[8..], IdxFile.ReadLabels(path).Values.ToArray());
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        // Only the header's time stamp and hints, bytes 4 to 9, mean nothing to a reader.
        Assert.InRange(refused, (gzip.Length - 10) * 8, (gzip.Length - 6) * 8);
    }

    [Fact]
    public void A_bomb_is_stopped_one_byte_after_the_declared_length()
    {
        byte[] bomb = IdxBytes.GzipClaiming(16 + 784, IdxBytes.Of([1, 28, 28], new byte[50_000_000]));

        Refusal.OfImages(bomb, "offset 800 of the uncompressed data", "the end after 800 bytes", "found more");
    }

    [Fact]
    public void A_small_file_that_claims_a_gigabyte_takes_no_memory()
    {
        byte[] forged = IdxBytes.GzipClaiming(16 + 1_000_000 * 784, IdxBytes.Of([1_000_000, 28, 28], new byte[784]));

        Refusal.OfImages(forged, "no more than", "784000016 declared");
    }

    [Fact]
    public void Data_shorter_than_declared_are_refused_even_where_the_trailer_is_forged()
    {
        byte[] forged = IdxBytes.GzipClaiming(16 + 2 * 784, IdxBytes.Of([2, 28, 28], IdxBytes.Images(1).AsSpan(16)));

        Refusal.OfImages(forged, "offset 800 of the uncompressed data", "1584 bytes", "found the end");
    }

    [Fact]
    public void A_trailer_with_another_length_is_refused_with_both_lengths()
    {
        byte[] gzip = IdxBytes.GzipClaiming(799, IdxBytes.Images(1));

        Refusal.OfImages(gzip, $"offset {gzip.Length - 4}", "800, the number of uncompressed bytes", "799 in the gzip trailer");
    }

    [Fact]
    public void A_trailer_with_another_checksum_is_refused_with_both_checksums()
    {
        byte[] gzip = IdxBytes.Gzip(IdxBytes.Images(1));
        uint sound = BinaryPrimitives.ReadUInt32LittleEndian(gzip.AsSpan(gzip.Length - 8));
        gzip[^8] ^= 1;

        Refusal.OfImages(gzip, $"offset {gzip.Length - 8}", $"CRC-32 {sound:x8}", $"{sound ^ 1:x8} in the gzip trailer");
    }

    [Fact]
    public void A_second_member_is_refused_even_if_it_is_empty_or_the_same_again()
    {
        byte[] gzip = IdxBytes.Gzip(IdxBytes.Images(1));

        Refusal.OfImages([.. gzip, .. IdxBytes.Gzip(IdxBytes.Labels(1))], "more than one gzip member");
        Refusal.OfImages([.. gzip, .. IdxBytes.EmptyGzip], "more than one gzip member");
        Refusal.OfImages([.. gzip, .. gzip], "second gzip member");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    public void Bytes_after_the_member_are_refused_even_where_they_end_in_a_copy_of_its_trailer(int surplus)
    {
        byte[] gzip = IdxBytes.Gzip(IdxBytes.Images(1));

        Refusal.OfImages([.. gzip, .. new byte[surplus], .. gzip[^8..]], "something was appended");
    }

    [Theory]
    [InlineData(2, 7, "compression method 8")]
    [InlineData(3, 0x20, "reserved bits")]
    public void A_header_of_another_kind_is_refused(int offset, byte value, string said)
    {
        byte[] gzip = IdxBytes.Gzip(IdxBytes.Images(1));
        gzip[offset] = value;

        Refusal.OfImages(gzip, $"offset {offset}", said);
    }

    [Fact]
    public void Name_comment_and_extra_field_in_the_header_are_passed_over()
    {
        using var folder = new TemporaryFolder();
        byte[] images = IdxBytes.Images(1);
        byte[] gzip = IdxBytes.Gzip(images);
        gzip[3] = 0x1E;
        byte[] fields = [3, 0, 1, 0, 2, .. Encoding.UTF8.GetBytes("images\0a comment\0"), 0xAB, 0xCD];

        string path = folder.Write("images", [.. gzip[..10], .. fields, .. gzip[10..]]);

        Assert.Equal(images[16..], IdxFile.ReadImages(path).Values.ToArray());
    }

    [Fact]
    public void Malformed_content_is_refused_as_in_a_plain_file_with_the_offset_in_the_uncompressed_data()
    {
        Refusal.OfImages(IdxBytes.EmptyGzip, "offset 0 of the uncompressed data", "the file is empty");
        Refusal.OfImages(IdxBytes.Gzip(IdxBytes.Labels(9)), "offset 3 of the uncompressed data", "swapped?");
        Refusal.OfImages(IdxBytes.Gzip("<html>"u8), "offset 0 of the uncompressed data", "HTML");
        Refusal.OfImages(IdxBytes.Gzip(IdxBytes.Images(1).AsSpan(0, 10)), "offset 10 of the uncompressed data", "header of 16 bytes");
    }

    [Fact]
    public void The_checksum_is_the_one_the_standard_gives_as_check_value_however_the_bytes_are_split()
    {
        byte[] digits = Encoding.ASCII.GetBytes("123456789");
        for (int split = 0; split <= digits.Length; split++)
            Assert.Equal(0xCBF43926, Crc32.Append(Crc32.Append(0, digits.AsSpan(0, split)), digits.AsSpan(split)));
    }
}
