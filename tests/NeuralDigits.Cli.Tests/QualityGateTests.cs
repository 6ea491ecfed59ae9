using CliWrap.Buffered;

namespace NeuralDigits.Cli.Tests;

/// <summary>A model is not replaced by a worse one unnoticed.</summary>
public sealed class QualityGateTests(PublishedSegments published) : IClassFixture<PublishedSegments>, IDisposable
{
    // Nothing is learnt in one step.
    private static readonly string[] Worse = ["--epochs", "1", "--learning-rate", "0.0001", "--seed", "3"];

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task The_first_version_of_a_model_is_compared_with_nothing()
    {
        ManifestGate gate = ModelDirectory.Open(published.Model).Manifest.Gate;
        Assert.Null(gate.Baseline);
        Assert.Equal(0.99, gate.MinAccuracy);
        Assert.False(gate.Forced);

        BufferedCommandResult evaluate = await EvaluateAsync(published.Output);
        Assert.Equal(0, evaluate.ExitCode);
        Assert.DoesNotContain("difference", evaluate.StandardOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_that_is_as_good_is_published_and_says_what_it_was_compared_with()
    {
        string models = CopyOfModels();
        BufferedCommandResult train = await TrainAsync(models, "2.0.0", "--epochs", "20", "--hidden", "20");

        Assert.Equal(0, train.ExitCode);
        Assert.Contains("class  recall  before  difference to version 1.0.0", train.StandardOutput, StringComparison.Ordinal);
        Assert.Equal(10, train.StandardOutput.Split('\n').Count(line => line.TrimEnd().EndsWith("  0.0000", StringComparison.Ordinal) && !line.Contains("all", StringComparison.Ordinal)));
        ManifestGate gate = ModelDirectory.Open(Path.Combine(models, "segments", "2.0.0")).Manifest.Gate;
        Assert.Equal("1.0.0", gate.Baseline);
        Assert.Equal(0.002, gate.MaxRegression);
        Assert.False(gate.Forced);
    }

    [Fact]
    public async Task A_worse_version_is_not_published()
    {
        string models = CopyOfModels();
        BufferedCommandResult train = await TrainAsync(models, "2.0.0", Worse);

        Assert.Equal(1, train.ExitCode);
        Assert.Matches(@"below that of version 1\.0\.0; --max-regression allows 0\.002\. Nothing was published", train.StandardError);
        Assert.Matches(@"(?m)^    7  [01]\.\d{4}  [01]\.\d{4}  -?[01]\.\d{4}\r?$", train.StandardOutput.Replace("+", "", StringComparison.Ordinal));
        Assert.Equal("1.0.0", new ModelStore(models).LatestVersion("segments"));
        Assert.False(Directory.Exists(Path.Combine(models, "segments", "2.0.0")));
    }

    [Fact]
    public async Task As_much_worse_as_is_allowed_is_published_without_force()
    {
        string models = CopyOfModels();
        BufferedCommandResult train = await TrainAsync(models, "2.0.0", [.. Worse, "--max-regression", "1"]);

        Assert.Equal(0, train.ExitCode);
        Assert.False(ModelDirectory.Open(Path.Combine(models, "segments", "2.0.0")).Manifest.Gate.Forced);
    }

    [Fact]
    public async Task Force_publishes_a_worse_version_which_says_so_and_evaluate_still_refuses_it()
    {
        string models = CopyOfModels();
        BufferedCommandResult train = await TrainAsync(models, "2.0.0", [.. Worse, "--min-accuracy", "0.99", "--force"]);

        Assert.Equal(0, train.ExitCode);
        Assert.Contains("warning: published by force", train.StandardError, StringComparison.Ordinal);
        string model = Path.Combine(models, "segments", "2.0.0");
        ManifestGate gate = ModelDirectory.Open(model).Manifest.Gate;
        Assert.True(gate.Forced);
        Assert.Equal(2, gate.FailedChecks.Count);
        Assert.Contains("--min-accuracy", gate.FailedChecks[0], StringComparison.Ordinal);
        Assert.Contains("version 1.0.0", gate.FailedChecks[1], StringComparison.Ordinal);
        Assert.Contains("> **Published by force.** Checks that failed: The test accuracy", File.ReadAllText(Path.Combine(model, "MODEL_CARD.md")), StringComparison.Ordinal);
        Assert.Contains("published by force", (await ToolRunner.RunAsync(_folder, "inspect", model)).StandardOutput, StringComparison.Ordinal);

        BufferedCommandResult latest = await EvaluateAsync(models);
        Assert.Equal(1, latest.ExitCode);
        Assert.Contains("below that of version 1.0.0", latest.StandardError, StringComparison.Ordinal);
        BufferedCommandResult first = await EvaluateAsync(models, "--model-version", "1.0.0");
        Assert.Equal(0, first.ExitCode);
        Assert.DoesNotContain("difference to version", first.StandardOutput, StringComparison.Ordinal);

        // What was forced is not what the next one is measured by.
        BufferedCommandResult next = await TrainAsync(models, "3.0.0", Worse);
        Assert.Equal(1, next.ExitCode);
        Assert.Contains("below that of version 1.0.0", next.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_version_to_compare_with_can_be_chosen_even_if_it_was_forced_and_so_can_none()
    {
        string models = CopyOfModels();
        Assert.Equal(0, (await TrainAsync(models, "2.0.0", [.. Worse, "--force"])).ExitCode);

        BufferedCommandResult chosen = await TrainAsync(models, "3.0.0", [.. Worse, "--baseline", "2.0.0"]);
        Assert.Equal("", chosen.ExitCode == 0 ? "" : chosen.StandardError);
        Assert.Equal("2.0.0", ModelDirectory.Open(Path.Combine(models, "segments", "3.0.0")).Manifest.Gate.Baseline);

        BufferedCommandResult none = await EvaluateAsync(models, "--model-version", "2.0.0", "--baseline", "none");
        Assert.Equal(0, none.ExitCode);
        Assert.DoesNotContain("difference to version", none.StandardOutput, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("9.0.0", 3, "Version 9.0.0 of the model 'segments' is not published")]
    [InlineData("1.0.0", 2, "--baseline is 1.0.0, the version that is to be compared; expected another one, or none.")]
    [InlineData("first", 2, "first")]
    public async Task A_version_to_compare_with_that_cannot_be_is_refused(string baseline, int exitCode, string expected)
    {
        BufferedCommandResult evaluate = await EvaluateAsync(published.Output, "--model-version", "1.0.0", "--baseline", baseline);

        Assert.Equal(exitCode, evaluate.ExitCode);
        Assert.Contains(expected, evaluate.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_that_knows_other_classes_cannot_be_compared_with_and_is_named()
    {
        ModelDirectory first = ModelDirectory.Open(published.Model);
        var renamed = new Model(first.Model.Network, [.. first.Model.Labels.Select(label => $"digit {label}")], first.Model.InputScaling);
        EvaluationResult evaluation = Evaluator.Evaluate(renamed.Network, new ImageExamples(DataSet.Load(published.Data).Test), Cost.Quadratic, threads: 1);
        new ModelStore(_folder["models"]).Publish(
            ModelContent.Create(first.Manifest with { Labels = renamed.Labels }, renamed, evaluation, [], new Dictionary<string, byte[]>()));

        BufferedCommandResult train = await TrainAsync(_folder["models"], "2.0.0", "--epochs", "1");

        Assert.Equal(1, train.ExitCode);
        Assert.Contains("Version 1.0.0, to compare with, takes other images or knows other classes.", train.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_version_to_compare_with_is_named_before_the_training()
    {
        string models = CopyOfModels();
        File.AppendAllText(Path.Combine(models, "segments", "1.0.0", "model.zip"), " ");
        BufferedCommandResult train = await TrainAsync(models, "2.0.0", "--force");

        Assert.Equal(3, train.ExitCode);
        Assert.Contains("The version to compare with", train.StandardError, StringComparison.Ordinal);
        Assert.Contains("model.zip is altered", train.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("Epoch", train.StandardOutput, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private Task<BufferedCommandResult> TrainAsync(string models, string version, params string[] options) =>
        ToolRunner.RunAsync(_folder, ["train", "--data", published.Data, "--output", models, "--model-version", version, .. options]);

    private Task<BufferedCommandResult> EvaluateAsync(string models, params string[] options) =>
        ToolRunner.RunAsync(_folder, ["evaluate", "--data", published.Data, "--output", models, .. options]);

    private string CopyOfModels()
    {
        foreach (string file in Directory.GetFiles(published.Output, "*", SearchOption.AllDirectories))
            _folder.Write(Path.Combine("models", Path.GetRelativePath(published.Output, file)), File.ReadAllBytes(file));
        return _folder["models"];
    }
}
