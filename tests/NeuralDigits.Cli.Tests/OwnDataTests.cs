using System.Text.RegularExpressions;
using CliWrap.Buffered;

namespace NeuralDigits.Cli.Tests;

/// <summary>A person's own data: folders of PNG pictures and pickles, given to every command that takes <c>--data</c>.</summary>
public sealed class OwnDataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_model_learns_from_pictures_and_is_verified_with_them_or_with_the_files_they_are_converted_to()
    {
        WritePictures("mine", 14);

        BufferedCommandResult train = await RunAsync("train", "--data", "mine", "--epochs", "2", "--hidden", "10", "--model-version", "1.0.0");
        BufferedCommandResult convert = await RunAsync("data", "convert", "mine", "idx");
        Assert.Equal((0, 0), (train.ExitCode, convert.ExitCode));
        Assert.Contains("mine: 20 training, 4 validation, 4 test images; pictures from mine, given by --data; there are no folders train and test", train.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("among the training images", train.StandardError, StringComparison.Ordinal);
        Assert.Equal($"24 training and 4 test images in {_folder["idx"]}", convert.StandardOutput.Trim());
        Assert.DoesNotContain("note:", convert.StandardError, StringComparison.Ordinal);
        string model = _folder["artifacts/models/mine/1.0.0"];
        Assert.Contains("train --data FOLDER --model-name mine", File.ReadAllText(Path.Combine(model, "MODEL_CARD.md")), StringComparison.Ordinal);
        Assert.Matches(@"(?m)^data +mine, pictures\r?$", (await RunAsync("inspect", model)).StandardOutput);

        foreach (string data in new[] { "mine", "idx" })
        {
            BufferedCommandResult verify = await RunAsync("verify", model, "--retrain", "--data", data);
            Assert.True(verify.ExitCode == 0, verify.StandardError);
        }

        File.Delete(_folder["mine/7/3.png"]);
        BufferedCommandResult changed = await RunAsync("verify", model, "--retrain", "--data", "mine");
        Assert.Equal(3, changed.ExitCode);
        Assert.Contains("Name the right data with --data: the folder of pictures called 'mine', with every picture as it was.", changed.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pickle_is_trained_with_its_own_validation_set_verified_and_converted()
    {
        WritePickle("mine.pkl.gz", (40, 1), (10, 2), (5, 3));

        BufferedCommandResult train = await RunAsync("train", "--data", "mine.pkl.gz", "--epochs", "1", "--model-version", "1.0.0");
        BufferedCommandResult verify = await RunAsync("verify", "artifacts/models/mine/1.0.0", "--retrain", "--data", _folder["mine.pkl.gz"]);
        BufferedCommandResult check = await RunAsync("data", "verify", "mine.pkl.gz");
        BufferedCommandResult convert = await RunAsync("data", "convert", "mine.pkl.gz", "idx");

        Assert.Equal((0, 0, 0, 0), (train.ExitCode, verify.ExitCode, check.ExitCode, convert.ExitCode));
        Assert.Contains("mine: 40 training, 10 validation, 5 test images; pickle from mine.pkl.gz, given by --data", train.StandardError, StringComparison.Ordinal);
        Assert.Contains("train --data FILE", File.ReadAllText(_folder["artifacts/models/mine/1.0.0/MODEL_CARD.md"]), StringComparison.Ordinal);
        Assert.StartsWith("ok      all together: 40 training, 10 validation and 5 test images", check.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("note: IDX files have no validation set: its 10 images are the last ones of the training files", convert.StandardError, StringComparison.Ordinal);
        Assert.Equal(50, DataSet.Load(_folder["idx"]).Training.Count + DataSet.Load(_folder["idx"]).Validation.Count);
    }

    [Fact]
    public async Task The_environment_variable_may_name_pictures_and_a_damaged_pickle_fails_the_check()
    {
        WritePictures("mine", 4);
        BufferedCommandResult fetch = await ToolRunner.Command(_folder, "data", "fetch")
            .WithEnvironmentVariables(variables => variables.Set("NEURALDIGITS_DATA", _folder["mine"])).ExecuteBufferedAsync();
        WritePickle("cut.pkl", (40, 1), (10, 2), (5, 3));
        File.WriteAllBytes(_folder["cut.pkl"], File.ReadAllBytes(_folder["cut.pkl"])[..^1000]);
        BufferedCommandResult verify = await RunAsync("data", "verify", "cut.pkl");

        Assert.Contains($"pictures from {_folder["mine"]}, given by the environment variable NEURALDIGITS_DATA", fetch.StandardError, StringComparison.Ordinal);
        Assert.Equal(1, verify.ExitCode);
        Assert.StartsWith("FAILED  all together: cut.pkl, ", verify.StandardOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Converting_overwrites_nothing()
    {
        WritePictures("beasts", 4, "cat", "dog");
        BufferedCommandResult convert = await RunAsync("data", "convert", "beasts", "idx");
        BufferedCommandResult again = await RunAsync("data", "convert", "beasts", "idx");
        BufferedCommandResult other = await RunAsync("data", "convert", "beasts", "beasts");

        Assert.Equal((0, 0, 3), (convert.ExitCode, again.ExitCode, other.ExitCode));
        Assert.Contains("images are already in", again.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("error: beasts holds something else already", other.StandardError, StringComparison.Ordinal);
        Assert.Equal(["beasts", "idx"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Converting_does_not_take_away_the_folder_one_stands_in()
    {
        WritePictures("beasts", 4, "cat", "dog");
        Directory.CreateDirectory(_folder["here"]);
        BufferedCommandResult convert = await ToolRunner.Command(_folder, "data", "convert", _folder["beasts"], ".")
            .WithWorkingDirectory(_folder["here"]).ExecuteBufferedAsync();

        Assert.Equal(3, convert.ExitCode);
        Assert.Contains("error: . is the current folder", convert.StandardError, StringComparison.Ordinal);
        Assert.Contains($"such as {Path.Combine(".", "idx")}", convert.StandardError, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder["here"]));
        Assert.Equal(["beasts", "here"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Files_of_other_classes_than_digits_are_those_of_the_pictures_they_were_converted_from()
    {
        string[] letters = [.. Enumerable.Range('a', 12).Select(letter => $"{(char)letter}")];
        foreach (string letter in letters)
            WritePictures("letters", 4, letter, letter);

        Assert.Equal(0, (await RunAsync("data", "convert", "letters", "idx")).ExitCode);
        BufferedCommandResult verify = await RunAsync("data", "verify", "idx");
        BufferedCommandResult show = await RunAsync("data", "show", "idx", "--label", "l");
        BufferedCommandResult train = await RunAsync("train", "--data", "letters", "--epochs", "1", "--hidden", "10", "--model-version", "1.0.0");
        BufferedCommandResult again = await RunAsync("verify", "artifacts/models/letters/1.0.0", "--retrain", "--data", "idx");
        BufferedCommandResult evaluate = await RunAsync("evaluate", "--model-name", "letters", "--data", "idx");

        Assert.Equal((0, 0, 0, 0), (verify.ExitCode, show.ExitCode, train.ExitCode, again.ExitCode));
        Assert.Contains(": l", show.StandardOutput, StringComparison.Ordinal);
        Assert.Equal(letters, ModelDirectory.Open(_folder["artifacts/models/letters/1.0.0"]).Manifest.Labels);
        Assert.Equal(0, evaluate.ExitCode);

        File.Delete(_folder["idx/classes.txt"]);
        BufferedCommandResult nameless = await RunAsync("data", "verify", "idx");
        Assert.Equal(1, nameless.ExitCode);
        Assert.Contains("expected a label from 0 to 9, found 10", nameless.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("classes.txt beside the four files has the names", nameless.StandardOutput, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MNIST/raw")]
    [InlineData("digits")]
    public async Task A_folder_around_that_of_the_four_files_is_refused_with_the_one_that_has_them(string inner)
    {
        LearnableDataSet.Write(_folder, Path.Combine("around", inner));

        await AssertRefusedAsync("around", $"The folder 'around.{inner.Replace('/', '.')}' in it has them: name that");
    }

    [Fact]
    public async Task Test_images_that_are_learnt_and_images_that_teach_nothing_are_warned_of()
    {
        WritePickle("copies.pkl", (12, 1), (4, 1), (6, 1));
        WritePickle("blots.pkl", (12, 0), (4, 0), (6, 0));

        string copies = await WarningsAsync("train", "--data", "copies.pkl", "--epochs", "1"), blots = await WarningsAsync("data", "fetch", "blots.pkl");
        Assert.Contains("warning: 6 of the 6 test images are among the training images, pixel for pixel", copies, StringComparison.Ordinal);
        Assert.Contains("warning: 4 of the 4 validation images are among", copies, StringComparison.Ordinal);
        Assert.DoesNotContain("there is nothing", copies, StringComparison.Ordinal);
        Assert.Contains("warning: all 12 training images are of the class 0: there is nothing to tell apart.", blots, StringComparison.Ordinal);
        Assert.Contains("warning: all 12 training images are the same, pixel for pixel: there is nothing to learn from them.", blots, StringComparison.Ordinal);

        async Task<string> WarningsAsync(params string[] arguments)
        {
            BufferedCommandResult result = await RunAsync(arguments);
            Assert.True(result.ExitCode == 0, result.StandardError);
            return result.StandardError;
        }
    }

    public static TheoryData<string, string> Refusals => new()
    {
        { "jpeg", @"mine.3.x\.png is no PNG file\. It is a JPEG file: convert it to PNG\." },
        { "notes", @"mine.3.notes\.txt is no PNG file\. It starts with 6D696E65\." },
        { "cut", @"mine.3.x\.png, offset \d+: expected a whole chunk of a PNG file" },
        { "blank", @"mine.3.x\.png: The picture is blank" },
        { "large", @"mine.3.x\.png has 8193 x 8192 pixels; expected 1 to 67108864 in all" },
        { "empty", @"mine.3.x\.png, as a whole: expected a file with content" },
        { "file", @"'mine.txt', given by --data, is a file, and no pickle" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task What_is_no_sound_picture_is_refused_by_its_name(string what, string said)
    {
        WritePictures("mine", 4);
        byte[] sound = File.ReadAllBytes(_folder["mine/3/0.png"]);
        string data = what == "file" ? "mine.txt" : "mine";
        _folder.Write(what switch { "file" => data, "notes" => "mine/3/notes.txt", _ => "mine/3/x.png" }, what switch
        {
            "jpeg" => [0xFF, 0xD8, 0xFF, 0xE0],
            "cut" => sound[..^20],
            "blank" => PictureBytes.GreyPng(new Picture(new byte[100], 10, 10)),
            "large" => [.. PictureBytes.Signature, .. PictureBytes.Header(8193, 8192, 8, 0), .. PictureBytes.Chunk("IEND", [])],
            "empty" => [],
            _ => "mine"u8.ToArray(),
        });

        await AssertRefusedAsync(data, said);
    }

    [LinuxFact]
    public async Task A_pipe_is_refused_without_waiting_in_the_place_of_a_picture_and_of_a_pickle()
    {
        WritePictures("mine", 4);
        foreach (string path in new[] { "mine/3/x.png", "pipe" })
            await CliWrap.Cli.Wrap("mkfifo").WithArguments([_folder[path]]).ExecuteAsync();

        await AssertRefusedAsync("mine", @"mine/3/x\.png, as a whole: .*or a pipe or device");
        await AssertRefusedAsync("pipe", "pipe, as a whole: .*or a pipe or device");
    }

    private async Task AssertRefusedAsync(string data, string said)
    {
        BufferedCommandResult refused = await RunAsync("train", "--data", data);

        Assert.Matches("error: .*" + said, refused.StandardError);
        Assert.Equal((3, ""), (refused.ExitCode, refused.StandardOutput));
        Assert.DoesNotMatch(new Regex("^   at ", RegexOptions.Multiline), refused.StandardError);
    }

    private Task<BufferedCommandResult> RunAsync(params string[] arguments) => ToolRunner.RunAsync(_folder, arguments);

    // Threes and sevens, each drawn by another pen.
    private void WritePictures(string name, int count, string threes = "3", string sevens = "7")
    {
        for (int i = 0; i < count; i++)
        {
            foreach ((string className, int digit) in new[] { (threes, 3), (sevens, 7) })
                _folder.Write($"{name}/{className}/{i}.png", PictureBytes.GreyPng(SegmentDigits.Draw(digit, 200, 120, 10, 10, 150, 5 + (3 * i))));
        }
    }

    // Images by a seed, and labels; of seed 0, nothing but zeros.
    private void WritePickle(string name, params (int Count, int Seed)[] sets)
    {
        byte[] pickle = PickleBytes.OfPython2([.. sets.Select(set => Set(set.Count, set.Seed))]);
        _folder.Write(name, name.EndsWith(".gz", StringComparison.Ordinal) ? IdxBytes.Gzip(pickle) : pickle);

        static (float[] Pixels, long[] Labels) Set(int count, int seed)
        {
            var random = new Random(seed);
            return (
                [.. Enumerable.Range(0, count * DigitImage.Side * DigitImage.Side).Select(_ => seed == 0 ? 0 : random.Next(256) / 256f)],
                [.. Enumerable.Range(0, count).Select(i => seed == 0 ? 0L : i % 10)]);
        }
    }
}
