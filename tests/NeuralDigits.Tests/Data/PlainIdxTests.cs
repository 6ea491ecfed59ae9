using System.IO.Pipes;
using CliWrap;
using CsCheck;

namespace NeuralDigits.Tests;

public class PlainIdxTests
{
    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        byte[] file = IdxBytes.Labels(20);
        for (int length = 1; length < file.Length; length++)
            Refusal.OfLabels(file.AsSpan(0, length), "offset ");
    }

    [Fact]
    public void A_file_shorter_than_declared_is_refused_with_both_lengths() =>
        Refusal.OfImages(IdxBytes.Images(3).AsSpan(0, 2000), "offset 2000", "2368 bytes", "only 2000");

    [Fact]
    public void A_file_longer_than_declared_is_refused_with_the_surplus()
    {
        Refusal.OfImages([.. IdxBytes.Images(3), 0], "offset 2368", "the end after 2368 bytes", "1 more");
        Refusal.OfImages([.. IdxBytes.Images(3), 1, 2, 3], "offset 2368", "the end after 2368 bytes", "3 more");
    }

    [Fact]
    public void A_tiny_file_that_declares_two_gigabytes_takes_no_memory() =>
        Refusal.OfImages(IdxBytes.Of([2_700_000, 28, 28], new byte[784]), "offset 800", "2116800016 bytes", "only 800");

    [Fact]
    public void A_label_out_of_range_is_refused_with_index_and_offset()
    {
        byte[] labels = IdxBytes.Labels(60);
        labels[8 + 37] = 10;

        Refusal.OfLabels(labels, "offset 45", "a label from 0 to 9", "10, as label 37");
        Refusal.OfLabels(IdxBytes.Gzip(labels), "offset 45 of the uncompressed data", "10, as label 37");
    }

    [Fact]
    public void More_classes_than_ten_are_read_when_asked_for()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("labels", IdxBytes.Labels(60, classCount: 26));

        Assert.Throws<InvalidDataException>(() => IdxFile.ReadLabels(path));
        Assert.Throws<InvalidDataException>(() => IdxFile.ReadLabels(path, new DataSetFormat { ClassCount = 25 }));
        Assert.Equal(25, IdxFile.ReadLabels(path, new DataSetFormat { ClassCount = 26 }).Values.Span[51]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(257)]
    public void A_number_of_classes_that_no_byte_can_tell_apart_is_refused(int classCount) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new DataSetFormat { ClassCount = classCount });

    [Fact]
    public void A_missing_file_is_reported_with_its_path()
    {
        using var folder = new TemporaryFolder();

        Assert.Contains(folder["absent"], Assert.Throws<FileNotFoundException>(() => IdxFile.ReadImages(folder["absent"])).Message);
    }

    [Fact]
    public void A_folder_is_refused_as_such()
    {
        using var folder = new TemporaryFolder();

        Assert.Contains("found a folder", Assert.Throws<InvalidDataException>(() => IdxFile.ReadImages(folder.Path)).Message);
    }

    [Fact]
    public void A_file_locked_by_another_is_reported_with_its_path()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("images", IdxBytes.Images(1));
        using var locked = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.None);

        Assert.Contains(path, Assert.Throws<IOException>(() => IdxFile.ReadImages(path)).Message);
    }

    [LinuxFact]
    public void A_pipe_is_refused_as_such()
    {
        using var pipe = new AnonymousPipeServerStream(PipeDirection.Out, HandleInheritability.None);
        string path = $"/proc/self/fd/{pipe.ClientSafePipeHandle.DangerousGetHandle()}";

        Assert.Contains("a pipe or device", Assert.Throws<InvalidDataException>(() => IdxFile.ReadImages(path)).Message);
    }

    [LinuxFact]
    public async Task A_named_pipe_is_refused_without_waiting_for_its_other_end()
    {
        using var folder = new TemporaryFolder();
        await Cli.Wrap("mkfifo").WithArguments([folder["pipe"]]).ExecuteAsync();
        File.CreateSymbolicLink(folder["link"], folder["pipe"]);

        Assert.Contains("a pipe or device", Assert.Throws<InvalidDataException>(() => IdxFile.ReadImages(folder["pipe"])).Message);
        Assert.Contains("a pipe or device", Assert.Throws<InvalidDataException>(() => IdxFile.ReadImages(folder["link"])).Message);
    }

    [LinuxTheory]
    [InlineData("/dev/null")]
    [InlineData("/dev/zero")]
    [InlineData("/dev/tty")]
    public void A_device_is_refused_as_such(string device) =>
        Assert.Contains("a pipe or device", Assert.Throws<InvalidDataException>(() => IdxFile.ReadImages(device)).Message);

    [LinuxFact]
    public void A_link_to_a_file_is_read_as_the_file()
    {
        using var folder = new TemporaryFolder();
        byte[] images = IdxBytes.Images(2);
        folder.Write("images", images);
        File.CreateSymbolicLink(folder["link"], "images");

        Assert.Equal(images[16..], IdxFile.ReadImages(folder["link"]).Values.ToArray());
        File.Delete(folder["images"]);
        Assert.Throws<FileNotFoundException>(() => IdxFile.ReadImages(folder["link"]));
    }

    [Theory]
    [InlineData(false, +1)]
    [InlineData(false, -1)]
    [InlineData(true, +1)]
    [InlineData(true, -1)]
    public void A_file_that_changes_while_it_is_read_is_refused(bool isGzip, int change)
    {
        using var folder = new TemporaryFolder();
        byte[] labels = IdxBytes.Labels(20);
        using var file = new FileStream(
            folder.Write("labels", isGzip ? IdxBytes.Gzip(labels) : labels), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        using ByteSource source = isGzip ? new GzipSource("labels", file) : new PlainSource("labels", file);
        source.RequireLength(labels.Length);
        byte[] read = new byte[labels.Length];
        source.ReadUpTo(read);
        source.Observe(read);

        file.SetLength(file.Length + change);

        Assert.Contains("changed while it was read", Assert.Throws<InvalidDataException>(source.RequireEnd).Message);
    }

    [Fact]
    public void Random_bytes_are_refused_or_read_but_never_crash_the_reader()
    {
        using var folder = new TemporaryFolder();
        byte[][] starts = [[], [0], [0, 0, 8, 3], [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 28], [0x1F, 0x8B], [0x1F, 0x8B, 8, 0]];

        Gen.Select(Gen.Int[0, starts.Length - 1], Gen.Byte.Array[0, 40]).Sample(
            (start, rest) =>
            {
                string path = folder.Write("file", [.. starts[start], .. rest]);
                try
                {
                    IdxFile.ReadImages(path);
                }
                catch (InvalidDataException e)
                {
                    Assert.StartsWith(path + ", ", e.Message);
                }
            },
            threads: 1);
    }
}
