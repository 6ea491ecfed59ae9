using System.Text;
using CliWrap.Buffered;

namespace NeuralDigits.Cli.Tests;

/// <summary>The commands <c>data list</c>, <c>data verify</c> and <c>data show</c>.</summary>
public sealed class DataCommandsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task List_names_each_data_set_of_the_catalog_with_its_licence_and_place()
    {
        BufferedCommandResult list = await RunAsync("list");

        Assert.Equal(0, list.ExitCode);
        Assert.Matches(@"(?m)^mnist +60,000 \+ 10,000 images +CC-BY-SA-3\.0 +not here; 11\.6 MB from ossci-datasets\.s3\.amazonaws\.com\r?$", list.StandardOutput);
        Assert.Matches(@"(?m)^fashion-mnist +60,000 \+ 10,000 images +MIT +(not here|installed in /usr/share/datasets/fashion-mnist)", list.StandardOutput);
        Assert.Matches(@"(?m)^synthetic +60,000 \+ 10,000 images +MIT +drawn by this tool", list.StandardOutput);
        Assert.Matches(@"(?m)^kmnist +60,000 \+ 10,000 images +CC-BY-SA-4\.0 +not here", list.StandardOutput);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [MnistFact]
    public async Task List_and_verify_find_a_data_set_in_the_cache()
    {
        Directory.CreateDirectory(_folder["cache/mnist"]);
        foreach (CatalogFile file in DataCatalog.Mnist.Files)
            File.Copy(Path.Combine(MnistFactAttribute.Folder, file.Name), _folder[$"cache/mnist/{file.Name}"]);

        BufferedCommandResult list = await RunAsync("list", "--cache", "cache");
        BufferedCommandResult verify = await RunAsync("verify", "mnist", "--cache", "cache");

        Assert.Contains($"cached in {Path.Combine("cache", "mnist")}", list.StandardOutput, StringComparison.Ordinal);
        Assert.Equal(0, verify.ExitCode);
        Assert.Contains(
            "ok      all together: 50,000 training, 10,000 validation and 10,000 test images; they are those of mnist", verify.StandardOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_says_of_each_file_what_is_in_it()
    {
        LearnableDataSet.Write(_folder, "blocks");

        BufferedCommandResult verify = await RunAsync("verify", "./blocks");

        Assert.Equal(0, verify.ExitCode);
        string[] lines = verify.StandardOutput.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(5, lines.Length);
        Assert.Matches("^ok      train-images-idx3-ubyte: 600 images of 28 x 28 pixels, SHA-256 uncompressed [0-9a-f]{64}$", lines[0]);
        Assert.Matches("^ok      t10k-labels-idx1-ubyte: 100 labels of 10 classes, SHA-256 uncompressed [0-9a-f]{64}$", lines[3]);
        Assert.Equal("ok      all together: 500 training, 100 validation and 100 test images; called blocks, and none of the catalog", lines[4]);
    }

    [Fact]
    public async Task Verify_names_every_file_that_fails_and_ends_with_1()
    {
        LearnableDataSet.Write(_folder, "blocks");
        _folder.Write("blocks/train-labels-idx1-ubyte", IdxBytes.Labels(600, classCount: 11));
        _folder.Write("blocks/t10k-images-idx3-ubyte", "<html>404</html>"u8);

        BufferedCommandResult verify = await RunAsync("verify", "blocks");

        Assert.Equal(1, verify.ExitCode);
        Assert.Matches("FAILED  train-labels-idx1-ubyte: .* expected a label from 0 to 9, found 10, as label 10", verify.StandardOutput);
        Assert.Matches("FAILED  t10k-images-idx3-ubyte: .* HTML", verify.StandardOutput);
        Assert.Contains("ok      t10k-labels-idx1-ubyte", verify.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("error: blocks is not a sound data set. Failed: train-labels-idx1-ubyte; t10k-images-idx3-ubyte.", verify.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_finds_files_that_are_sound_but_do_not_belong_together()
    {
        LearnableDataSet.Write(_folder, "blocks");
        _folder.Write("blocks/train-labels-idx1-ubyte", IdxBytes.Labels(599));

        BufferedCommandResult verify = await RunAsync("verify", "blocks");

        Assert.Equal(1, verify.ExitCode);
        Assert.Matches("FAILED  all together: .* expected 599 images, one for each label", verify.StandardOutput);
    }

    [Fact]
    public async Task Verify_downloads_nothing()
    {
        BufferedCommandResult verify = await RunAsync("verify", "mnist");

        Assert.Equal(3, verify.ExitCode);
        Assert.Contains("train-images-idx3-ubyte.gz is missing", verify.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_draws_two_pixels_with_a_character_below_number_and_label()
    {
        WriteCorners();

        BufferedCommandResult show = await RunAsync("show", "corners", "--set", "test", "--index", "1-2");

        Assert.Equal(0, show.ExitCode);
        string[] lines = show.StandardOutput.ReplaceLineEndings("\n").Split('\n');
        Assert.Equal($"{"1: 1",-28}  2: 2", lines[0]);
        Assert.Equal($"{"▀",-28}  ▄", lines[1]);
        Assert.All(lines[2..14], line => Assert.Equal("", line));
        Assert.Equal($"{"".PadRight(27)}▄  {"".PadRight(27)}█", lines[14]);
    }

    [Fact]
    public async Task Show_can_choose_by_label_and_refuses_what_is_not_there()
    {
        WriteCorners();

        Assert.Matches(@"^4: 4\s", (await RunAsync("show", "corners", "--label", "4")).StandardOutput);
        Assert.Contains("--index is 9-20; expected numbers from 0 to 3", await RefusalAsync("--index", "9-20", "--set", "test"), StringComparison.Ordinal);
        Assert.Contains("--label is 'cat'; the classes are 0, 1, 2,", await RefusalAsync("--label", "cat"), StringComparison.Ordinal);
        Assert.Contains("'tests'", await RefusalAsync("--set", "tests"), StringComparison.Ordinal);

        async Task<string> RefusalAsync(params string[] arguments)
        {
            BufferedCommandResult show = await RunAsync(["show", "corners", .. arguments]);
            Assert.Equal(2, show.ExitCode);
            return show.StandardError;
        }
    }

    [Fact]
    public async Task Show_writes_a_picture_and_replaces_none_unless_told()
    {
        WriteCorners();

        BufferedCommandResult show = await RunAsync("show", "corners", "--set", "test", "--index", "0-2", "--png", "sheet.png");
        BufferedCommandResult again = await RunAsync("show", "corners", "--png", "sheet.png");

        Assert.Equal((0, 3), (show.ExitCode, again.ExitCode));
        Assert.Contains($"3 images in {_folder["sheet.png"]}", show.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("replace it with --force", again.StandardError, StringComparison.Ordinal);
        StbImageSharp.ImageResult picture = StbImageSharp.ImageResult.FromMemory(File.ReadAllBytes(_folder["sheet.png"]), StbImageSharp.ColorComponents.Grey);
        Assert.Equal((62, 62), (picture.Width, picture.Height));

        // Two from left to right, with two pixels of paper around each: the third image is below the first.
        Assert.Equal(255, picture.Data[(2 * 62) + 32]);
        Assert.Equal(255, picture.Data[(33 * 62) + 2]);
        Assert.Equal(64, picture.Data[0]);
    }

    private Task<BufferedCommandResult> RunAsync(params string[] arguments) => ToolRunner.Command(_folder, ["data", .. arguments])
        .ExecuteBufferedAsync(Encoding.UTF8).Task;

    // Of each image, the pixel in the upper left is inked, or in the third the one below it; and one or two in the lower right.
    private void WriteCorners()
    {
        LearnableDataSet.Write(_folder, "corners");
        var pixels = new byte[4 * 784];
        pixels[784] = 255;
        pixels[784 + 783] = 255;
        pixels[(2 * 784) + 28] = 255;
        pixels[(2 * 784) + 783] = 255;
        pixels[(2 * 784) + 783 - 28] = 255;
        _folder.Write("corners/t10k-images-idx3-ubyte", IdxBytes.Of([4, 28, 28], pixels));
        _folder.Write("corners/t10k-labels-idx1-ubyte", IdxBytes.Labels(4));
    }
}
