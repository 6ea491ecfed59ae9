using System.Text.Json;
using CliWrap.Buffered;

namespace NeuralDigits.Cli.Tests;

public sealed class PredictCommandTests(PublishedSegments published) : IClassFixture<PublishedSegments>, IDisposable
{
    private static readonly Picture Seven = SegmentDigits.Draw(7, 150, 120, top: 30, left: 50, height: 90, pen: 8);
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Digits_of_any_size_in_any_place_are_read_a_line_each_in_the_order_given()
    {
        string[] files = [.. Enumerable.Range(0, 10).Select(digit => $"{digit}.png")];
        for (int digit = 0; digit < 10; digit++)
        {
            Picture drawn = SegmentDigits.Draw(digit, 300 + (digit * 20), 200, 10 + (digit * 7), 5 + (digit * 4), 80 + (digit * 10), 6 + digit);
            _folder.Write(files[digit], PictureBytes.GreyPng(digit % 2 == 0 ? drawn : SegmentDigits.Inverted(drawn)));
        }

        BufferedCommandResult predict = await PredictAsync(files);

        Assert.Equal("", predict.StandardError);
        Assert.Equal(0, predict.ExitCode);
        Assert.Equal(10, Lines(predict).Length);
        Assert.All(Lines(predict), (line, digit) => Assert.Matches($@"^{digit}\.png\t{digit}\t(1\.0000|0\.\d{{4}})$", line));
    }

    [Fact]
    public async Task Every_kind_of_file_gives_the_same_scores_for_the_same_drawing()
    {
        _folder.Write("grey1.png", PictureBytes.GreyPng(Seven, bits: 1));
        _folder.Write("grey8.png", PictureBytes.GreyPng(Seven));
        _folder.Write("grey16.png", PictureBytes.GreyPng(Seven, bits: 16));
        _folder.Write("colour.png", PictureBytes.RgbaPng(Seven, grey => grey == 0 ? [0, 0, 120, 255] : [250, 250, 240, 255]));
        _folder.Write("nothing-behind.png", PictureBytes.RgbaPng(Seven, grey => [255, 255, 255, (byte)(255 - grey)]));
        _folder.Write("plain.pgm", PictureBytes.PlainPgm(Seven));
        _folder.Write("raw8.pgm", PictureBytes.RawPgm(Seven));
        _folder.Write("raw16.any-name", PictureBytes.RawPgm(Seven, bits: 16));
        _folder.Write("image.idx", IdxBytes.Of([1, 28, 28], DigitImage.From(Seven)));

        BufferedCommandResult predict = await PredictAsync(
            "grey1.png", "grey8.png", "grey16.png", "colour.png", "nothing-behind.png", "plain.pgm", "raw8.pgm", "raw16.any-name", "image.idx", "--scores");

        Assert.Equal(0, predict.ExitCode);
        string[][] columns = [.. Lines(predict).Select(line => line.Split('\t'))];
        Assert.Equal(9, columns.Length);
        Assert.Equal("image.idx[0]", columns[^1][0]);
        Assert.All(columns, column => Assert.Equal(columns[0][1..], column[1..]));
        Assert.Equal(12, columns[0][1..].Length);
        Assert.Matches(@"^0=0\.\d{4}$", columns[0][3]);
    }

    [Fact]
    public async Task Images_of_an_IDX_file_are_read_by_their_numbers()
    {
        string file = Path.Combine(published.Data, "t10k-images-idx3-ubyte");
        BufferedCommandResult predict = await PredictAsync(file, "--index", "18-21");

        Assert.Equal(0, predict.ExitCode);
        Assert.Equal(
            [$"{file}[18]\t8", $"{file}[19]\t9", $"{file}[20]\t0", $"{file}[21]\t1"],
            Lines(predict).Select(line => line[..line.LastIndexOf('\t')]));

        BufferedCommandResult beyond = await PredictAsync(file, "--index", "100");
        Assert.Equal(1, beyond.ExitCode);
        Assert.Contains("holds the images 0 to 99; --index is 100", beyond.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_is_one_document_with_all_scores_and_the_errors_in_it()
    {
        _folder.Write("seven.png", PictureBytes.GreyPng(Seven));
        BufferedCommandResult predict = await PredictAsync("seven.png", "missing.png", "--json");

        Assert.Equal(1, predict.ExitCode);
        using JsonDocument document = JsonDocument.Parse(predict.StandardOutput);
        Assert.Equal(1, document.RootElement.GetProperty("schemaVersion").GetInt32());
        Assert.Equal("1.0.0", document.RootElement.GetProperty("model").GetProperty("version").GetString());
        JsonElement[] predictions = [.. document.RootElement.GetProperty("predictions").EnumerateArray()];
        Assert.Equal("7", predictions[0].GetProperty("label").GetString());
        Assert.Equal(1, predictions[0].GetProperty("scores").EnumerateObject().Sum(score => score.Value.GetDouble()), precision: 4);
        Assert.Contains("missing.png", predictions[1].GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Images_that_cannot_be_read_do_not_hide_the_others()
    {
        byte[] sound = PictureBytes.GreyPng(Seven);
        byte[] altered = [.. sound];
        altered[^20] ^= 1;
        var refusals = new Dictionary<string, (byte[] Content, string Expected)>
        {
            ["blank.png"] = (PictureBytes.GreyPng(new Picture(new byte[400], 20, 20)), "blank.png: The picture is blank"),
            ["altered.png"] = (altered, "altered.png, offset 33: the chunk's checksum is"),
            ["cut.png"] = (sound[..60], "cut.png, offset 33: expected a whole chunk"),
            ["start.png"] = (sound[..8], "start.png, offset 8: expected a whole chunk"),
            ["vast.png"] = ([.. PictureBytes.Signature, .. PictureBytes.Header(1 << 20, 1 << 20, 8, 0)], "vast.png has 1048576 x 1048576 pixels"),
            ["hollow.png"] = ([.. PictureBytes.Signature, .. PictureBytes.Header(5, 5, 8, 0), .. PictureBytes.Chunk("IEND", [])], "hollow.png is not a sound PNG"),
            ["bomb.png"] = (Bomb(), "bomb.png unpacks to more than the 828 bytes"),
            ["packed.png"] = (
                [.. PictureBytes.Signature, .. PictureBytes.Header(5, 5, 8, 0), .. PictureBytes.Chunk("IDAT", [1, 2, 3]), .. PictureBytes.Chunk("IEND", [])],
                "packed.png is not a sound PNG file"),
            ["photo.jpg"] = ([0xFF, 0xD8, 0xFF, 0xE0], "It is a JPEG file: convert it to PNG"),
            ["empty.png"] = ([], "it is empty"),
            ["colour.ppm"] = ("P6 1 1 255\nabc"u8.ToArray(), "type P6; only the grey ones"),
            ["short.pgm"] = ("P5 3 3 255\nabc"u8.ToArray(), "expected at least 10 bytes, found only 4"),
            ["long.pgm"] = ("P5 1 1 255\nab"u8.ToArray(), "expected the end of the file, found 1 bytes more"),
            ["words.pgm"] = ("P2 three 3 255\n"u8.ToArray(), "the width: expected a number from 1 to 67108864, found 'three'"),
            ["bright.pgm"] = ("P2 2 1 7\n3 8\n"u8.ToArray(), "pixel 1: expected a number from 0 to 7, found '8'"),
            ["small.idx"] = (IdxBytes.Images(1, rows: 5, columns: 5), "small.idx[0]: The image has 5 x 5 pixels, but the model takes 784 inputs"),
        };
        foreach ((string name, (byte[] content, _)) in refusals)
            _folder.Write(name, content);
        _folder.Write("seven.png", sound);

        BufferedCommandResult predict = await PredictAsync([.. refusals.Keys, "seven.png"]);

        Assert.Equal(1, predict.ExitCode);
        Assert.StartsWith("seven.png\t7\t", Assert.Single(Lines(predict)), StringComparison.Ordinal);
        Assert.All(refusals.Values, refusal => Assert.Contains(refusal.Expected, predict.StandardError, StringComparison.Ordinal));
        Assert.Equal(refusals.Count, predict.StandardError.Split("error: ").Length - 1);
        Assert.DoesNotContain("   at ", predict.StandardError, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task A_pipe_is_refused_without_waiting_for_what_comes_through_it()
    {
        await CliWrap.Cli.Wrap("mkfifo").WithArguments([_folder["pipe.png"]]).ExecuteAsync();
        _folder.Write("seven.png", PictureBytes.GreyPng(Seven));
        File.CreateSymbolicLink(_folder["link.png"], "seven.png");

        BufferedCommandResult predict = await PredictAsync("pipe.png", "/dev/zero", ".", "link.png");

        Assert.Equal(1, predict.ExitCode);
        Assert.StartsWith("link.png\t7\t", Assert.Single(Lines(predict)), StringComparison.Ordinal);
        Assert.Contains("pipe.png, as a whole: expected a file with content, found nothing: it is empty, or a pipe or device", predict.StandardError, StringComparison.Ordinal);
        Assert.Contains("/dev/zero, as a whole", predict.StandardError, StringComparison.Ordinal);
        Assert.Contains("expected a file, found a folder", predict.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_is_leaves_a_picture_alone()
    {
        _folder.Write("image.pgm", PictureBytes.RawPgm(new Picture(DigitImage.From(Seven), 28, 28)));
        _folder.Write("seven.pgm", PictureBytes.RawPgm(Seven));

        BufferedCommandResult predict = await PredictAsync("image.pgm", "seven.pgm", "--as-is");

        Assert.Equal(1, predict.ExitCode);
        Assert.StartsWith("image.pgm\t7\t", Assert.Single(Lines(predict)), StringComparison.Ordinal);
        Assert.Contains("seven.pgm: The image has 150 x 120 pixels", predict.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_is_named_by_its_directory_too()
    {
        _folder.Write("seven.png", PictureBytes.GreyPng(Seven));
        BufferedCommandResult byName = await PredictAsync("seven.png");
        BufferedCommandResult byDirectory = await ToolRunner.RunAsync(_folder, "predict", published.Model, "seven.png");

        Assert.Equal(0, byDirectory.ExitCode);
        Assert.Equal(byName.StandardOutput, byDirectory.StandardOutput);
    }

    [Theory]
    [InlineData(2, "'9-3'", "segments", "x.png", "--index", "9-3")]
    [InlineData(2, "IMAGE", "segments")]
    [InlineData(2, "--model-version cannot choose another", ".", "x.png", "--model-version", "1.0.0")]
    [InlineData(3, "No model 'other' is published", "other", "x.png")]
    [InlineData(3, "There is no model directory", "./other", "x.png")]
    public async Task What_cannot_be_is_refused_before_any_image_is_read(int exitCode, string expected, params string[] arguments)
    {
        BufferedCommandResult predict = await ToolRunner.RunAsync(_folder, ["predict", .. arguments, "--output", published.Output]);

        Assert.Equal(exitCode, predict.ExitCode);
        Assert.Contains(expected, predict.StandardError + predict.StandardOutput, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>A picture of 10 x 10 pixels whose data are those of 1000 x 1000.</summary>
    private static byte[] Bomb()
    {
        byte[] vast = PictureBytes.GreyPng(new Picture(new byte[1_000_000], 1000, 1000));
        return [.. PictureBytes.Signature, .. PictureBytes.Header(10, 10, 8, 0), .. vast.AsSpan(PictureBytes.Signature.Length + 25)];
    }

    private static string[] Lines(BufferedCommandResult result) =>
        result.StandardOutput.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private Task<BufferedCommandResult> PredictAsync(params string[] arguments) =>
        ToolRunner.RunAsync(_folder, ["predict", "segments", .. arguments, "--output", published.Output]);
}
