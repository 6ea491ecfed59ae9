using CliWrap.Buffered;

namespace NeuralDigits.Cli.Tests;

/// <summary>What can be done with a published model.</summary>
public sealed class ModelCommandsTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private string _data = "";

    public async Task InitializeAsync()
    {
        _data = LearnableDataSet.Write(_folder, "blocks");
        BufferedCommandResult train = await ToolRunner.RunAsync(
            _folder, "train", "--data", _data, "--epochs", "3", "--model-version", "1.0.0", "--output", "models");
        Assert.Equal(0, train.ExitCode);
    }

    [Fact]
    public async Task Evaluate_shows_the_accuracy_of_the_metrics_and_a_line_for_each_class()
    {
        BufferedCommandResult evaluate = await EvaluateAsync();
        Assert.Equal(0, evaluate.ExitCode);
        ManifestMetrics metrics = ModelDirectory.Open(_folder[Path.Combine("models", "blocks", "1.0.0")]).Manifest.Metrics;
        Assert.Contains($"test accuracy {metrics.Accuracy:0.0000}  {metrics.Correct} / {metrics.Count}", evaluate.StandardOutput, StringComparison.Ordinal);
        Assert.EndsWith($"model {_folder[Path.Combine("models", "blocks", "1.0.0")]}", evaluate.StandardOutput.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(1 + 10 + 2, evaluate.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task Evaluate_fails_below_the_floor()
    {
        // Other data than the model learnt from: it cannot know their labels.
        _folder.Write(Path.Combine("blocks", "t10k-labels-idx1-ubyte"), IdxBytes.Of([LearnableDataSet.TestCount], new byte[LearnableDataSet.TestCount]));
        BufferedCommandResult evaluate = await EvaluateAsync("--min-accuracy", "0.95");
        Assert.Equal(1, evaluate.ExitCode);
        Assert.Contains("below the floor of 0.95", evaluate.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_without_a_model_says_how_to_make_one()
    {
        BufferedCommandResult evaluate = await EvaluateAsync("--model-name", "other");
        Assert.Equal(3, evaluate.ExitCode);
        Assert.Contains("neuraldigits train", evaluate.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_of_a_version_that_is_not_published_names_those_that_are()
    {
        BufferedCommandResult evaluate = await EvaluateAsync("--model-version", "9.9.9");
        Assert.Equal(3, evaluate.ExitCode);
        Assert.Contains("Version 9.9.9 of the model 'blocks' is not published in models. Published are: 1.0.0.", evaluate.StandardError, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "latest.json is missing. Published are: 1.0.0. Name one with --model-version, or publish one again")]
    [InlineData("{\"version\": \"9.0.0\"}", "latest.json names version 9.0.0, which is not published. Published are: 1.0.0.")]
    [InlineData("1.0.0", "latest.json is '1.0.0'; expected {\"version\": \"1.2.0\"}. Publish a version")]
    public async Task A_record_of_the_latest_version_that_is_missing_or_wrong_is_told_with_what_to_do(string? record, string expected)
    {
        string latest = _folder[Path.Combine("models", "blocks", "latest.json")];
        File.Delete(latest);
        if (record is not null)
            File.WriteAllText(latest, record);
        BufferedCommandResult evaluate = await EvaluateAsync();
        Assert.Equal(3, evaluate.ExitCode);
        Assert.Contains(expected, evaluate.StandardError, StringComparison.Ordinal);
        Assert.Equal(0, (await EvaluateAsync("--model-version", "1.0.0")).ExitCode);
    }

    [Fact]
    public async Task A_file_in_the_place_of_the_store_is_refused_before_the_training()
    {
        _folder.Write("taken", [1]);
        BufferedCommandResult train = await ToolRunner.RunAsync(_folder, "train", "--data", _data, "--output", "taken");
        Assert.Equal(3, train.ExitCode);
        Assert.Contains("taken is a file; expected a folder to publish models in", train.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("Epoch", train.StandardOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_result_by_another_builder_is_kept_and_said_to_be_so()
    {
        BufferedCommandResult train = await ToolRunner.RunAsync(
            _folder, "train", "--data", _data, "--epochs", "3", "--model-version", "1.0.0", "--output", "models", "--builder", "urn:example:ci", "--min-accuracy", "0");
        Assert.Equal(0, train.ExitCode);
        Assert.Contains("Nothing was changed.", train.StandardError, StringComparison.Ordinal);
        Assert.Matches("Kept as they were, .*: manifest.json, provenance.intoto.json\\.", train.StandardError);
    }

    [Fact]
    public async Task Evaluate_refuses_an_altered_model()
    {
        File.AppendAllText(_folder[Path.Combine("models", "blocks", "1.0.0", "model.safetensors")], " ");
        BufferedCommandResult evaluate = await EvaluateAsync();
        Assert.Equal(3, evaluate.ExitCode);
        Assert.Contains("is altered", evaluate.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_gives_the_last_model_another_version_and_leaves_the_first()
    {
        BufferedCommandResult publish = await ToolRunner.RunAsync(
            _folder, "publish", "--model-name", "blocks", "--model-version", "2.0.0", "--output", "models");
        Assert.Equal(0, publish.ExitCode);
        var store = new ModelStore(_folder["models"]);
        Assert.Equal("2.0.0", store.LatestVersion("blocks"));
        Assert.Equal(
            File.ReadAllBytes(Path.Combine(store.FolderOf("blocks", "1.0.0"), "model.zip")),
            File.ReadAllBytes(Path.Combine(store.FolderOf("blocks", "2.0.0"), "model.zip")));
    }

    [Theory]
    [InlineData("evaluate", "--model-version", "one")]
    [InlineData("evaluate", "--threads", "0")]
    [InlineData("publish", "--model-name", "../x")]
    [InlineData("publish", "--model-version", "1")]
    public async Task Wrong_usage_ends_with_2(string command, string option, string value)
    {
        BufferedCommandResult result = await ToolRunner.RunAsync(_folder, [command, "--output", "models", option, value, .. command == "evaluate" ? ["--data", _data] : Array.Empty<string>()]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(value, result.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_refuses_images_that_do_not_fit_the_model()
    {
        var store = new ModelStore(_folder["models"]);
        ModelDirectory blocks = ModelDirectory.Open(store.FolderOf("blocks", "1.0.0"));
        var narrow = new Model(new Network([new Layer(4, 10, new float[40], new float[10])]), blocks.Model.Labels, Model.PixelScaling);
        ModelManifest manifest = blocks.Manifest with { Name = "narrow", Sizes = narrow.Network.Sizes, SelfTest = [] };
        EvaluationResult evaluation = Evaluator.Evaluate(
            blocks.Model.Network, new ImageExamples(DataSet.Load(_data).Test), Cost.Quadratic, threads: 1);
        store.Publish(ModelContent.Create(manifest, narrow, evaluation, [], new Dictionary<string, byte[]>()));

        BufferedCommandResult evaluate = await EvaluateAsync("--model-name", "narrow");
        Assert.Equal(3, evaluate.ExitCode);
        Assert.Contains("takes 4 inputs", evaluate.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_shows_examples_and_exit_codes()
    {
        BufferedCommandResult help = await ToolRunner.RunAsync(_folder, "--help");
        Assert.Equal(0, help.ExitCode);
        Assert.Contains("neuraldigits train --data", help.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("130 interrupted", help.StandardOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_command_ends_with_2_and_the_one_that_may_be_meant()
    {
        BufferedCommandResult result = await ToolRunner.RunAsync(_folder, "trian");
        Assert.Equal(2, result.ExitCode);
        Assert.EndsWith("See neuraldigits --help.", result.StandardError.TrimEnd(), StringComparison.Ordinal);
        Assert.Contains("The commands are data, train, evaluate, ", result.StandardError, StringComparison.Ordinal);
        Assert.Matches(@"'trian' was not matched\. Did you mean one of the following\?\s+train\s", result.StandardError);
        Assert.Contains("error: Unrecognized command or argument 'trian'.", result.StandardError, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("error: --epochs is 'x'; expected a whole number from 1.", "See neuraldigits train --help.", "train", "--epochs", "x")]
    [InlineData("error: Required argument 'MODEL' missing for command: 'export'.", "See neuraldigits export --help.", "export", "--to", "onnx", "-o", "x")]
    public async Task Wrong_usage_is_told_on_standard_error_in_few_lines(string error, string hint, params string[] arguments)
    {
        BufferedCommandResult result = await ToolRunner.RunAsync(_folder, arguments);
        Assert.Equal(2, result.ExitCode);
        Assert.Empty(result.StandardOutput);
        Assert.Equal([error, hint], result.StandardError.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    private Task<BufferedCommandResult> EvaluateAsync(params string[] arguments) =>
        ToolRunner.RunAsync(_folder, ["evaluate", "--data", _data, "--output", "models", .. arguments]);
}
