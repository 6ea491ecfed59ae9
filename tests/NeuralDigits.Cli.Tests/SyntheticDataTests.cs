using System.Text;
using System.Text.Json.Nodes;
using CliWrap.Buffered;

namespace NeuralDigits.Cli.Tests;

/// <summary>Digits that the tool draws itself: asked for, or where no other data are to be had.</summary>
public sealed class SyntheticDataTests : IDisposable
{
    private const string Model = "models/digits-synthetic/1.0.0";
    private static readonly string[] Short = ["--epochs", "1", "--hidden", "20", "--model-version", "1.0.0", "--output", "models"];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Without_a_network_and_without_data_a_model_of_drawn_digits_is_trained_and_a_notice_says_so()
    {
        // Nothing listens on the discard port: each download ends at once.
        BufferedCommandResult train = await ToolRunner.Command(_folder, ["train", .. Short])
            .WithEnvironmentVariables(variables => variables.Set("HTTPS_PROXY", "http://127.0.0.1:9").Set("NO_PROXY", null).Set("NEURALDIGITS_DATA", null))
            .ExecuteBufferedAsync();

        Assert.Equal(0, train.ExitCode);
        Assert.Contains("NO REAL DATA: this run takes digits that the tool draws itself.", train.StandardError, StringComparison.Ordinal);
        Assert.Matches(@"Why:\s+The data set mnist is not at hand", train.StandardError);
        Assert.Contains("NEURALDIGITS_DATA to a folder with the four files", train.StandardError, StringComparison.Ordinal);
        Assert.Contains(
            "digits-synthetic: 50,000 training, 10,000 validation, 10,000 test images; drawn by the tool, generator version 1, seed 0",
            train.StandardError, StringComparison.Ordinal);
        Assert.Equal(["digits-synthetic"], Directory.GetDirectories(_folder["models"]).Select(Path.GetFileName));
        ModelManifest manifest = ModelDirectory.Open(_folder[Model]).Manifest;
        Assert.Equal(("digits-synthetic", "digits-synthetic"), (manifest.Name, manifest.Data.Name));
        Assert.Equal(new DataGenerator { Name = "digits-synthetic", Version = 1, Seed = 0 }, manifest.Data.Generator);
    }

    [Fact]
    public async Task Asked_for_they_come_without_notice_and_are_the_same_as_offline()
    {
        BufferedCommandResult asked = await ToolRunner.RunAsync(_folder, ["train", .. Short, "--data", "synthetic"]);
        BufferedCommandResult offline = await ToolRunner.RunAsync(_folder, ["train", .. Short[..^1], "others", "--offline"]);

        Assert.Equal((0, 0), (asked.ExitCode, offline.ExitCode));
        Assert.DoesNotContain("NO REAL DATA", asked.StandardError, StringComparison.Ordinal);
        Assert.Contains("NO REAL DATA", offline.StandardError, StringComparison.Ordinal);
        Assert.Equal(
            File.ReadAllBytes(Path.Combine(_folder[Model], "SHA256SUMS")),
            File.ReadAllBytes(_folder[Model.Replace("models", "others", StringComparison.Ordinal) + "/SHA256SUMS"]));
    }

    [Fact]
    public async Task Training_again_needs_no_data_and_gives_the_same_bytes_unless_the_generator_is_another()
    {
        Assert.Equal(0, (await ToolRunner.RunAsync(_folder, ["train", .. Short, "--data", "synthetic"])).ExitCode);

        BufferedCommandResult verify = await ToolRunner.RunAsync(_folder, "verify", Model, "--retrain", "--offline");
        Assert.Equal(0, verify.ExitCode);
        Assert.Contains("trained again: the same bytes", verify.StandardOutput, StringComparison.Ordinal);
        Assert.DoesNotContain("NO REAL DATA", verify.StandardError, StringComparison.Ordinal);

        // As another version of the tool would have written it.
        JsonNode manifest = JsonNode.Parse(File.ReadAllText(_folder[Model + "/manifest.json"]))!;
        manifest["data"]!["generator"]!["version"] = 99;
        manifest["provenance"]!["tool"] = "9.9.9";
        VerifyCommandTests.Forge(_folder[Model], "manifest.json", Encoding.UTF8.GetBytes(manifest.ToJsonString()));
        BufferedCommandResult other = await ToolRunner.RunAsync(_folder, "verify", Model, "--retrain");
        Assert.Equal(3, other.ExitCode);
        Assert.Contains("the generator 'digits-synthetic' version 99; this version draws 'digits-synthetic' version 1. Take neuraldigits 9.9.9.", other.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_of_them_is_judged_by_them_and_a_model_of_real_data_is_not()
    {
        Assert.Equal(0, (await ToolRunner.RunAsync(_folder, ["train", .. Short, "--data", "synthetic"])).ExitCode);

        BufferedCommandResult usual = await ToolRunner.RunAsync(_folder, "evaluate", "--offline", "--output", "models", "--min-accuracy", "usual");
        Assert.Equal(1, usual.ExitCode);
        Assert.Contains("below the floor of 0.9 ", usual.StandardError, StringComparison.Ordinal);

        BufferedCommandResult real = await ToolRunner.RunAsync(_folder, "evaluate", "--offline", "--output", "models", "--model-name", "mnist");
        Assert.Equal(3, real.ExitCode);
        Assert.Contains("error: The data set mnist is not whole", real.StandardError, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mnist")]
    [InlineData("fashion-mnist")]
    public async Task A_model_of_them_is_not_called_as_a_data_set_of_the_catalog(string name)
    {
        BufferedCommandResult train = await ToolRunner.RunAsync(_folder, ["train", .. Short, "--offline", "--model-name", name]);

        Assert.Equal(2, train.ExitCode);
        Assert.Contains($"must not be called '{name}'", train.StandardError, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["models"]));
    }

    [Fact]
    public async Task A_data_folder_that_is_named_is_never_passed_over_for_them()
    {
        BufferedCommandResult train = await ToolRunner.Command(_folder, ["train", .. Short])
            .WithEnvironmentVariables(variables => variables.Set("NEURALDIGITS_DATA", "no-such-folder"))
            .ExecuteBufferedAsync();

        Assert.Equal(3, train.ExitCode);
        Assert.Contains("'no-such-folder'", train.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("NO REAL DATA", train.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task They_can_be_shown_but_have_no_files_to_check()
    {
        BufferedCommandResult show = await ToolRunner.RunAsync(_folder, "data", "show", "synthetic", "--index", "7");
        BufferedCommandResult verify = await ToolRunner.RunAsync(_folder, "data", "verify", "synthetic");

        Assert.Equal((0, 2), (show.ExitCode, verify.ExitCode));
        Assert.Contains("it has no files", verify.StandardError, StringComparison.Ordinal);
    }
}
