using CliWrap.Buffered;

namespace NeuralDigits.Cli.Tests;

/// <summary>What <c>train --augment</c> changes, and that it is known afterwards.</summary>
public sealed class AugmentOptionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _data;

    public AugmentOptionTests() => _data = LearnableDataSet.Write(_folder, "blocks");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("shift", Augmentation.Shift)]
    [InlineData("affine", Augmentation.Affine)]
    [InlineData("elastic", Augmentation.Elastic)]
    public async Task A_model_says_how_its_training_images_were_changed_and_training_again_gives_the_same_bytes(string name, Augmentation expected)
    {
        BufferedCommandResult train = await TrainAsync("--augment", name, "--threads", "2");

        Assert.Equal("", train.ExitCode == 0 ? "" : train.StandardError);
        Assert.Contains($" initialization, {name} augmentation, seed 0, ", train.StandardError, StringComparison.Ordinal);
        string model = _folder[Path.Combine("models", "blocks", "1.0.0")];
        Assert.Equal(expected, ModelDirectory.Open(model).Manifest.Training.Augmentation);
        Assert.Contains($" --augment {name} ", File.ReadAllText(Path.Combine(model, "MODEL_CARD.md")), StringComparison.Ordinal);

        BufferedCommandResult inspect = await ToolRunner.RunAsync(_folder, "inspect", model);
        Assert.Contains($"{name} augmentation", inspect.StandardOutput, StringComparison.Ordinal);
        BufferedCommandResult verify = await ToolRunner.RunAsync(_folder, "verify", model, "--retrain", "--data", _data, "--threads", "1");
        Assert.Equal("", verify.ExitCode == 0 ? "" : verify.StandardOutput + verify.StandardError);
        Assert.Contains("trained again: the same bytes", verify.StandardOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task None_is_the_same_as_no_option()
    {
        await TrainAsync();
        BufferedCommandResult again = await TrainAsync("--augment", "none");

        Assert.Equal(0, again.ExitCode);
        Assert.Contains("Nothing was changed", again.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("augmentation", again.StandardError, StringComparison.Ordinal);
        string manifest = File.ReadAllText(_folder[Path.Combine("models", "blocks", "1.0.0", "manifest.json")]);
        Assert.DoesNotContain("augmentation", manifest, StringComparison.Ordinal);
    }

    private Task<BufferedCommandResult> TrainAsync(params string[] arguments) => ToolRunner.RunAsync(
        _folder, ["train", "--data", _data, "--epochs", "3", "--hidden", "10", "--model-version", "1.0.0", "--output", "models", .. arguments]);
}
