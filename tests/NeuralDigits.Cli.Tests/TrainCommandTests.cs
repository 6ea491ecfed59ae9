using System.Text.Json;
using CliWrap;
using CliWrap.Buffered;

namespace NeuralDigits.Cli.Tests;

public sealed class TrainCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _data;

    public TrainCommandTests() => _data = LearnableDataSet.Write(_folder, "blocks");

    [Fact]
    public async Task Train_reports_each_epoch_and_ends_with_the_models_directory()
    {
        BufferedCommandResult train = await TrainAsync();

        Assert.Equal("", train.StandardError.Contains("error", StringComparison.Ordinal) ? train.StandardError : "");
        Assert.DoesNotContain("warning", train.StandardError, StringComparison.Ordinal);
        Assert.Equal(0, train.ExitCode);
        string[] lines = train.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(5, lines.Length);
        Assert.All(lines[..3], (line, epoch) => Assert.Matches($@"^Epoch {epoch}: \d+ / 100  cost 0\.\d{{4}}  \d+\.\d{{3}} s$", line));
        Assert.Matches(@"^test accuracy [01]\.\d{4}  \d+ / 100  cost 0\.\d{4}$", lines[3]);
        Assert.Equal($"model {_folder[Path.Combine("models", "blocks", "1.0.0")]}", lines[4]);
        Assert.DoesNotContain('\r', train.StandardOutput + train.StandardError);
        Assert.Contains("seed 0", train.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_leaves_a_complete_directory_whose_figures_agree()
    {
        BufferedCommandResult train = await TrainAsync();

        string model = _folder[Path.Combine("models", "blocks", "1.0.0")];
        Assert.Equal(
            [
                "MODEL_CARD.md", "SHA256SUMS", "history.jsonl", "manifest.json", "metrics.json", "model.onnx", "model.safetensors", "model.zip",
                "provenance.intoto.json", "sbom.cdx.json",
            ],
            Directory.EnumerateFiles(model).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(3, File.ReadAllLines(Path.Combine(model, "history.jsonl")).Length);
        ModelDirectory opened = ModelDirectory.Open(model);
        Assert.Equal([784, 60, 10], opened.Manifest.Sizes);
        Assert.Equal(500, opened.Manifest.Data.Training.Count);
        using JsonDocument metrics = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(model, "metrics.json")));
        double accuracy = metrics.RootElement.GetProperty("accuracy").GetDouble();
        Assert.Contains($"test accuracy {accuracy:0.0000}", train.StandardOutput, StringComparison.Ordinal);
        Assert.Equal(accuracy, opened.Manifest.Metrics.Accuracy);
    }

    [Fact]
    public async Task Same_seed_gives_the_same_bytes_in_every_file_on_any_number_of_threads()
    {
        await TrainAsync("--threads", "1", "--output", "first");
        await TrainAsync("--threads", "8", "--output", "second");

        string[] files = Directory.GetFiles(_folder[Path.Combine("first", "blocks", "1.0.0")]);
        Assert.Equal(10, files.Length);
        Assert.All(files, file => Assert.Equal(
            File.ReadAllBytes(file), File.ReadAllBytes(_folder[Path.Combine("second", "blocks", "1.0.0", Path.GetFileName(file))])));
    }

    [Theory]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public async Task Same_seed_gives_the_same_bytes_without_a_set_of_instructions_but_where_these_are_named(string switchedOff)
    {
        await TrainAsync("--output", "with");
        BufferedCommandResult without = await ToolRunner
            .Command(_folder, "train", "--data", _data, "--epochs", "3", "--model-version", "1.0.0", "--output", "without")
            .WithEnvironmentVariables(variables => variables.Set("NEURALDIGITS_DATA", null).Set(switchedOff, "0"))
            .ExecuteBufferedAsync();

        Assert.Equal(0, without.ExitCode);
        IEnumerable<string> different = Directory.GetFiles(_folder[Path.Combine("with", "blocks", "1.0.0")]).Select(Path.GetFileName).Where(file =>
            !File.ReadAllBytes(_folder[Path.Combine("with", "blocks", "1.0.0", file!)])
                .SequenceEqual(File.ReadAllBytes(_folder[Path.Combine("without", "blocks", "1.0.0", file!)])))!;
        Assert.Empty(different.Except(["manifest.json", "provenance.intoto.json", "SHA256SUMS"]));
    }

    [Fact]
    public async Task The_manifest_says_what_the_model_was_made_with()
    {
        await TrainAsync();

        ManifestProvenance origin = ModelDirectory.Open(_folder[Path.Combine("models", "blocks", "1.0.0")]).Manifest.Provenance;
        Assert.Equal(System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription, origin.Runtime);
        Assert.Equal(System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture.ToString(), origin.Machine.Architecture);
        Assert.Matches(@"^10\.0\.\d+", origin.Sdk);
        Assert.Equal(origin.GitCommit is null, origin.GitDirty is null);
        ManifestPackage package = Assert.Single(origin.Packages, package => package.Name == "Microsoft.ML");
        Assert.Equal("5.0.1", package.Version);
        Assert.Equal(64, Convert.FromBase64String(package.ContentHash!).Length);
        Assert.DoesNotContain(origin.Packages, package => package.Name.StartsWith("xunit", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Same_version_again_succeeds_with_the_same_result_and_is_refused_with_another()
    {
        await TrainAsync();
        BufferedCommandResult same = await TrainAsync();
        Assert.Equal(0, same.ExitCode);
        Assert.Contains("Nothing was changed", same.StandardError, StringComparison.Ordinal);

        BufferedCommandResult other = await TrainAsync("--seed", "5");
        Assert.Equal(1, other.ExitCode);
        Assert.Contains("published already with another result", other.StandardError, StringComparison.Ordinal);
        Assert.Equal(0, ModelDirectory.Open(_folder[Path.Combine("models", "blocks", "1.0.0")]).Manifest.Training.Seed);
    }

    [Fact]
    public async Task Every_option_reaches_the_training()
    {
        BufferedCommandResult train = await TrainAsync(
            "--hidden", "12,7", "--epochs=2", "--mini-batch", "20", "--learning-rate", "0.5", "--initialization", "standard-normal",
            "--augment", "shift", "--seed", "9", "--model-name", "named", "--model-version", "2.0.0-beta.1", "--builder", "https://example.org/workflow");

        Assert.Equal(0, train.ExitCode);
        ModelManifest manifest = ModelDirectory.Open(_folder[Path.Combine("models", "named", "2.0.0-beta.1")]).Manifest;
        Assert.Equal([784, 12, 7, 10], manifest.Sizes);
        var training = new ManifestTraining
        {
            Cost = "quadratic",
            Initialization = WeightInitialization.StandardNormal,
            Epochs = 2,
            MiniBatchSize = 20,
            LearningRate = 0.5f,
            Seed = 9,
            Augmentation = Augmentation.Shift,
        };
        Assert.Equal(training, manifest.Training);
        Assert.Equal("https://example.org/workflow", manifest.Provenance.Builder);
    }

    [Fact]
    public async Task A_training_that_learns_nothing_is_warned_of_on_standard_error()
    {
        BufferedCommandResult train = await TrainAsync("--learning-rate", "1e38");

        Assert.Equal(0, train.ExitCode);
        Assert.Contains("warning: The network learnt little or nothing: ", train.StandardError, StringComparison.Ordinal);
        Assert.Contains("Lower the learning rate, which is 1E+38", train.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("warning", train.StandardOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Below_the_floor_nothing_is_published()
    {
        BufferedCommandResult train = await TrainAsync("--learning-rate", "0.0001", "--min-accuracy", "0.99");
        Assert.Equal(1, train.ExitCode);
        Assert.Contains("below the floor of 0.99", train.StandardError, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["models"]));
    }

    [Theory]
    [InlineData("--epochs is '0'; expected a whole number from 1", "--epochs", "0")]
    [InlineData("'banana'", "--epochs", "banana")]
    [InlineData("--threads is '0'; expected a whole number from 1", "--threads", "0")]
    [InlineData("--hidden is '60,'", "--hidden", "60,")]
    [InlineData("--hidden is '0'", "--hidden", "0")]
    [InlineData("--learning-rate is '-1'; expected a positive number", "--learning-rate", "-1")]
    [InlineData("'normal'", "--initialization", "normal")]
    [InlineData("'wavy'", "--augment", "wavy")]
    [InlineData("--min-accuracy is '96'", "--min-accuracy", "96")]
    [InlineData("--max-regression is '-0.1'", "--max-regression", "-0.1")]
    [InlineData("--builder is 'me'", "--builder", "me")]
    [InlineData("--builder is '/x'; expected a URI with its scheme, such as https://", "--builder", "/x")]
    [InlineData("--learning-rate is '3,5'", "--learning-rate", "3,5")]
    [InlineData("--learning-rate is '1e400'", "--learning-rate", "1e400")]
    [InlineData("--min-accuracy is 'x'", "--min-accuracy", "x")]
    [InlineData("--min-accuracy is '0,95'", "--min-accuracy", "0,95")]
    [InlineData("--seed is '1.5'", "--seed", "1.5")]
    [InlineData("model version is 'one'", "--model-version", "one")]
    [InlineData("model name is '../x'", "--model-name", "../x")]
    [InlineData("--epoch", "--epoch", "5")]
    public async Task Wrong_usage_ends_with_2_and_says_what_is_wrong_before_any_work(string expected, params string[] arguments)
    {
        BufferedCommandResult train = await TrainAsync(arguments);
        Assert.Equal(2, train.ExitCode);
        Assert.Contains(expected, train.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("Epoch 0", train.StandardOutput, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", train.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("(Parameter", train.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_data_end_with_3_and_without_a_stack_trace()
    {
        File.WriteAllText(Path.Combine(_data, "train-images-idx3-ubyte"), "<html>404</html>");
        BufferedCommandResult train = await TrainAsync();
        Assert.Equal(3, train.ExitCode);
        Assert.Contains("train-images-idx3-ubyte", train.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", train.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_data_folder_is_named_with_its_origin()
    {
        BufferedCommandResult train = await ToolRunner.RunAsync(_folder, "train", "--data", "nowhere");
        Assert.Equal(3, train.ExitCode);
        Assert.Contains("nowhere", train.StandardError, StringComparison.Ordinal);
        Assert.Contains("--data", train.StandardError, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task An_interrupt_ends_with_130_and_publishes_nothing()
    {
        Command command = ToolRunner.Command(_folder, "train", "--data", _data, "--epochs", "1000000", "--model-version", "1.0.0", "--output", "models");
        int exitCode = await Interruption.AtLineAsync(command, line => line.StartsWith("Epoch 1:", StringComparison.Ordinal));

        Assert.Equal(130, exitCode);
        Assert.False(Directory.Exists(_folder["models"]));
    }

    public void Dispose() => _folder.Dispose();

    private async Task<BufferedCommandResult> TrainAsync(params string[] arguments)
    {
        List<string> defaults = [];
        foreach ((string option, string value) in new[] { ("--data", _data), ("--epochs", "3"), ("--model-version", "1.0.0"), ("--output", "models") })
        {
            if (!arguments.Any(argument => argument.Split('=')[0] == option))
                defaults.AddRange([option, value]);
        }

        return await ToolRunner.RunAsync(_folder, ["train", .. defaults, .. arguments]);
    }
}
