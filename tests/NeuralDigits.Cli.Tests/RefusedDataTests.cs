using System.Runtime.Versioning;
using System.Text;
using CliWrap;
using CliWrap.Buffered;

namespace NeuralDigits.Cli.Tests;

/// <summary>Whatever is wrong with the four files, the tool says it on standard error, in words, and ends with 3.</summary>
public sealed class RefusedDataTests : IDisposable
{
    private const string TrainingImages = "train-images-idx3-ubyte", TrainingLabels = "train-labels-idx1-ubyte";
    private const string TestImages = "t10k-images-idx3-ubyte", TestLabels = "t10k-labels-idx1-ubyte";

    private static readonly byte[] Images = IdxBytes.Images(12), Labels = IdxBytes.Labels(12);
    private static readonly byte[] GzippedImages = IdxBytes.Gzip(Images);

    private static readonly Dictionary<string, (string File, byte[] Content, string Said)> Cases = new()
    {
        ["empty"] = (TrainingImages, [], "expected a file with content, found nothing: it is empty"),
        ["three bytes"] = (TrainingImages, Images[..3], "offset 3: expected an IDX header of at least 4 bytes, found the end"),
        ["first bytes"] = (TrainingImages, With(Images, 1, 1), "offset 0: expected an IDX header, which starts with two zero bytes, found 00010803"),
        ["type code"] = (TrainingImages, With(Images, 2, 0x0D), "offset 2: expected type code 0x08 (unsigned byte), found 0x0D (32-bit floating point)"),
        ["no type code"] = (TrainingImages, With(Images, 2, 0x0A), "found 0x0A (no IDX type)"),
        ["first bytes, the first"] = (TrainingLabels, With(Labels, 0, 0x7F), "offset 0: expected an IDX header, which starts with two zero bytes, found 7F000801"),
        ["type code below all"] = (TestLabels, With(Labels, 2, 0x07), "found 0x07 (no IDX type)"),
        ["dimensions"] = (TrainingImages, With(Images, 3, 2), "offset 3: expected 3 as number of dimensions (images), found 2"),
        ["no dimension"] = (TrainingLabels, With(Labels, 3, 0), "offset 3: expected 1 as number of dimensions (labels), found 0"),
        ["255 dimensions"] = (TestImages, With(Images, 3, 255), "offset 3: expected 3 as number of dimensions (images), found 255"),
        ["cut within a dimension"] = (TrainingImages, Images[..9], "offset 9: expected the rest of a header of 16 bytes, found the end"),
        ["no images"] = (TestImages, IdxBytes.Of([0, 28, 28], []), "offset 4: expected 1 to 2147483647 images"),
        ["too many images"] = (TestLabels, IdxBytes.Of([0x8000_0000], []), "offset 4: expected 1 to 2147483647 labels, found 2147483648"),
        ["product overflows"] = (TrainingLabels, IdxBytes.Of([int.MaxValue], []), "expected dimensions whose product is at most 2147483591"),
        ["no rows"] = (TestImages, IdxBytes.Of([4, 0, 28], []), "offset 8: expected 1 to 2147483647 pixel rows, found 0"),
        ["product of images overflows"] = (TestImages, IdxBytes.Of([100_000_000, 28, 28], []), "offset 4: expected 4 images, one for each label of"),
        ["short"] = (TrainingImages, Images[..1000], "offset 1000: expected 9424 bytes, as its header declares, found only 1000"),
        ["long"] = (TrainingImages, [.. Images, 0], "offset 9424: expected the end after 9424 bytes, as its header declares, found 1 more"),
        ["gzip cut short"] = (TrainingImages, GzippedImages[..^9], "the number of uncompressed bytes that its content declares"),
        ["gzip length"] = (TrainingImages, IdxBytes.GzipClaiming(9423, Images), "expected 9424, the number of uncompressed bytes that its content declares, found 9423"),
        ["gzip data"] = (TrainingImages, With(GzippedImages, 10, 0xFF), "expected deflate data, found something else"),
        ["gzip checksum"] = (TrainingImages, With(GzippedImages, GzippedImages.Length - 8, (byte)(GzippedImages[^8] ^ 1)), "expected CRC-32"),
        ["gzip of two members"] = (TrainingImages, [.. GzippedImages, .. IdxBytes.Gzip("more"u8)], "holds more than one gzip member"),
        ["bomb"] = (TrainingImages, IdxBytes.GzipClaiming((uint)Images.Length, [.. Images, .. new byte[20_000_000]]), "expected the end after 9424 bytes"),
        ["bomb by its header"] = (
            TrainingLabels, IdxBytes.GzipClaiming(2_000_000_008, IdxBytes.Of([2_000_000_000], new byte[100])), "found 2000000008 declared"),
        ["little-endian"] = (TrainingLabels, [1, 8, 0, 0, 12, 0, 0, 0, .. Labels[8..]], "The header is little-endian; IDX numbers are big-endian."),
        ["images as labels"] = (TrainingLabels, Images, "Were the image file and the label file swapped?"),
        ["labels as images"] = (TrainingImages, Labels, "Were the image file and the label file swapped?"),
        ["test labels as training labels"] = (TrainingLabels, IdxBytes.Labels(4), "Were a training file and a test file mixed up?"),
        ["one label too many"] = (TrainingLabels, IdxBytes.Labels(13), "offset 4: expected 13 images, one for each label of"),
        ["label out of range"] = (TrainingLabels, With(Labels, 8 + 5, 10), "offset 13: expected a label from 0 to 9, found 10, as label 5"),
        ["image size"] = (TrainingImages, IdxBytes.Images(12, rows: 27), "offset 8: expected 28 pixel rows, found 27"),
        ["image width"] = (TestImages, IdxBytes.Images(4, columns: 32), "Scale the images to the size expected"),
        ["archive"] = (TrainingImages, "PK\u0003\u0004 and so on"u8.ToArray(), "This is a zip archive; unpack it first."),
        ["page"] = (TrainingImages, "<!DOCTYPE html><title>404</title>"u8.ToArray(), "This is an HTML or XML page, saved in place of the data"),
        ["gzipped page"] = (TrainingImages, IdxBytes.Gzip("<html></html>"u8), "This is an HTML or XML page"),
        ["pointer"] = (TrainingImages, Encoding.ASCII.GetBytes("version https://git-lfs.github.com/spec/v1\n"), "run 'git lfs pull'"),
    };

    private readonly TemporaryFolder _folder = new();
    private readonly string _data;

    public RefusedDataTests()
    {
        _data = _folder["data"];
        _folder.Write($"data/{TrainingImages}", Images);
        _folder.Write($"data/{TrainingLabels}", Labels);
        _folder.Write($"data/{TestImages}", IdxBytes.Images(4));
        _folder.Write($"data/{TestLabels}", IdxBytes.Labels(4));
    }

    public static TheoryData<string> CaseNames => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(CaseNames))]
    public async Task A_malformed_file_is_refused_with_its_name_the_place_and_what_was_expected(string name)
    {
        (string file, byte[] content, string said) = Cases[name];
        _folder.Write($"data/{file}", content);

        await AssertRefusedAsync(ToolRunner.Command(_folder, "train", "--data", _data), file, said);
    }

    [Fact]
    public async Task What_is_in_a_file_decides_whether_it_is_gzipped_and_not_its_name()
    {
        File.Delete(Path.Combine(_data, TestLabels));
        _folder.Write($"data/{TestLabels}.gz", IdxBytes.Labels(4));
        _folder.Write($"data/{TrainingImages}", GzippedImages);

        BufferedCommandResult fetch = await ToolRunner.RunAsync(_folder, "data", "fetch", _data);

        Assert.Equal((0, "data is ready: 28 x 28 pixels, 10 classes."), (fetch.ExitCode, fetch.StandardOutput.TrimEnd()));
    }

    [LinuxFact]
    public async Task A_file_that_grows_while_it_is_read_is_refused()
    {
        // Zeros that take no room on the disk, and long enough to read.
        const int count = 150_000;
        string images = _folder.Write($"data/{TrainingImages}", IdxBytes.Of([count, 28, 28], []));
        _folder.Write($"data/{TrainingLabels}", IdxBytes.Labels(count));

        // Where this process comes too early or too late, the file is long before it is read, or read whole: once again, then.
        for (int attempt = 0; attempt < 50; attempt++)
        {
            using (FileStream file = File.OpenWrite(images))
                file.SetLength(16 + (count * 784L));
            using var growing = new CancellationTokenSource();
            CommandTask<BufferedCommandResult> fetch = ToolRunner.Command(_folder, "data", "fetch", _data).ExecuteBufferedAsync();
            Task grow = Task.Run(() => GrowOnceOpen(images, fetch.ProcessId, growing.Token));
            BufferedCommandResult result = await fetch;
            growing.Cancel();
            await grow;
            if (result.ExitCode == 0 || result.StandardError.Contains("Something was appended", StringComparison.Ordinal))
                continue;
            Assert.Equal(3, result.ExitCode);
            Assert.Contains($"error: {images}, offset {16 + (count * 784L)}: expected", result.StandardError, StringComparison.Ordinal);
            Assert.Contains("The file changed while it was read.", result.StandardError, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", result.StandardError, StringComparison.Ordinal);
            return;
        }

        Assert.Fail("The file never grew while it was read.");
    }

    [Fact]
    public async Task A_file_that_is_a_link_to_nowhere_is_refused()
    {
        File.Delete(Path.Combine(_data, TestLabels));
        File.CreateSymbolicLink(Path.Combine(_data, TestLabels), "gone");

        await AssertRefusedAsync(ToolRunner.Command(_folder, "train", "--data", _data), TestLabels, "is a link to 'gone', which is missing");
    }

    [Fact]
    public async Task A_folder_in_the_place_of_a_file_is_refused()
    {
        File.Delete(Path.Combine(_data, TrainingImages));
        Directory.CreateDirectory(Path.Combine(_data, TrainingImages));

        await AssertRefusedAsync(ToolRunner.Command(_folder, "train", "--data", _data), TrainingImages, "expected a file, found a folder");
    }

    [LinuxFact]
    public async Task A_pipe_and_a_device_are_refused_without_waiting_for_what_comes_through_them()
    {
        File.Delete(Path.Combine(_data, TrainingImages));
        await CliWrap.Cli.Wrap("mkfifo").WithArguments([Path.Combine(_data, TrainingImages)]).ExecuteAsync();
        await AssertRefusedAsync(ToolRunner.Command(_folder, "train", "--data", _data), TrainingImages, "or a pipe or device");

        File.Delete(Path.Combine(_data, TrainingImages));
        File.CreateSymbolicLink(Path.Combine(_data, TrainingImages), "/dev/zero");
        await AssertRefusedAsync(ToolRunner.Command(_folder, "train", "--data", _data), TrainingImages, "or a pipe or device");
    }

    [UnprivilegedFact]
    [SupportedOSPlatform("linux")]
    public async Task What_may_not_be_read_is_not_said_to_be_missing()
    {
        // The tool's user must be able to come as far as the data.
        File.SetUnixFileMode(_folder.Path, Mode("rwxr-xr-x"));
        (string Path, string Mode, string Said)[] refusals =
        [
            (_data, "-wx------", "may not be read"),
            (_data, "---------", "may not be read"),
            (_data, "r--r--r--", $"has {TrainingImages}, which may not be read"),
            (Path.Combine(_data, TestLabels), "---------", $"{TestLabels}' is denied"),
        ];
        foreach ((string path, string mode, string said) in refusals)
        {
            UnixFileMode before = File.GetUnixFileMode(path);
            File.SetUnixFileMode(path, Mode(mode));
            await AssertRefusedAsync(UnprivilegedFactAttribute.Drop(ToolRunner.Command(_folder, "train", "--data", _data)), "data", said);
            File.SetUnixFileMode(path, before);
        }
    }

    public void Dispose() => _folder.Dispose();

    private static void GrowOnceOpen(string path, int processId, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                if (Directory.EnumerateFiles($"/proc/{processId}/fd").Any(open => new FileInfo(open).LinkTarget == path))
                {
                    File.AppendAllText(path, "more");
                    return;
                }
            }
            catch (IOException)
            {
                // The process has ended, or the file was just closed.
            }
        }
    }

    private static async Task AssertRefusedAsync(Command command, string name, string said)
    {
        BufferedCommandResult refused = await command.ExecuteBufferedAsync();

        Assert.Equal("", refused.StandardOutput);
        Assert.Contains("error: ", refused.StandardError, StringComparison.Ordinal);
        Assert.Contains(name, refused.StandardError, StringComparison.Ordinal);
        Assert.Contains(said, refused.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", refused.StandardError, StringComparison.Ordinal);
        Assert.Equal(3, refused.ExitCode);
    }

    private static byte[] With(byte[] bytes, int offset, byte value)
    {
        byte[] changed = [.. bytes];
        changed[offset] = value;
        return changed;
    }

    // As ls writes it.
    private static UnixFileMode Mode(string letters) =>
        (UnixFileMode)letters.Select((letter, i) => letter == '-' ? 0 : 1 << (letters.Length - 1 - i)).Sum();
}
