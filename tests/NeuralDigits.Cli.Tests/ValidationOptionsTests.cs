using CliWrap.Buffered;

namespace NeuralDigits.Cli.Tests;

/// <summary>What <c>train --validation</c> sets aside, and that it is known afterwards.</summary>
public sealed class ValidationOptionsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _data;

    public ValidationOptionsTests() => _data = LearnableDataSet.Write(_folder, "blocks");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(60, DataSplitMethod.Random, "--validation", "0.1")]
    [InlineData(45, DataSplitMethod.Random, "--validation", "45")]
    [InlineData(120, DataSplitMethod.Stratified, "--validation", "0.2", "--stratified")]
    public async Task Images_are_drawn_by_the_seed_and_training_again_from_the_manifest_gives_the_same_bytes(
        int expected, DataSplitMethod method, params string[] options)
    {
        BufferedCommandResult train = await TrainAsync([.. options, "--seed", "5"]);

        Assert.Equal(0, train.ExitCode);
        Assert.Contains($"{expected} images drawn by seed 5 to validate with", train.StandardError, StringComparison.Ordinal);
        Assert.Matches($@"Epoch 0: \d+ / {expected} ", train.StandardOutput);
        string model = _folder[Path.Combine("models", "blocks", "1.0.0")];
        ManifestData data = ModelDirectory.Open(model).Manifest.Data;
        Assert.Equal((600 - expected, expected), (data.Training.Count, data.Validation.Count));
        Assert.Equal(new ManifestSplit { Method = method, Seed = 5 }, data.Split);
        Assert.Contains($" --validation {expected} {(method == DataSplitMethod.Stratified ? "--stratified " : "")}--model-name",
            File.ReadAllText(Path.Combine(model, "MODEL_CARD.md")), StringComparison.Ordinal);

        BufferedCommandResult verify = await ToolRunner.RunAsync(_folder, "verify", model, "--retrain", "--data", _data);
        Assert.Equal("", verify.ExitCode == 0 ? "" : verify.StandardOutput + verify.StandardError);
        Assert.Contains("trained again: the same bytes", verify.StandardOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_option_the_last_sixth_is_set_aside()
    {
        await TrainAsync();

        ManifestData data = ModelDirectory.Open(_folder[Path.Combine("models", "blocks", "1.0.0")]).Manifest.Data;
        Assert.Equal((500, 100), (data.Training.Count, data.Validation.Count));
        Assert.Equal(new ManifestSplit { Method = DataSplitMethod.Last, Seed = null }, data.Split);
    }

    [Theory]
    [InlineData("--validation is '0'; expected a share between 0 and 1, or a whole number from 1", "--validation", "0")]
    [InlineData("--validation is '1.5'", "--validation", "1.5")]
    [InlineData("--validation is '-3'", "--validation=-3")]
    [InlineData("--validation is '0,1'", "--validation", "0,1")]
    [InlineData("--validation is 'NaN'", "--validation", "NaN")]
    [InlineData("--validation would set 600 of 600 images aside; expected 1 to 599", "--validation", "600")]
    [InlineData("--validation would set 0 of 600 images aside", "--validation", "0.0001")]
    [InlineData("--stratified is for --validation", "--stratified")]
    public async Task What_cannot_be_set_aside_is_wrong_usage(string expected, params string[] arguments)
    {
        BufferedCommandResult train = await TrainAsync(arguments);

        Assert.Equal(2, train.ExitCode);
        Assert.Contains(expected, train.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", train.StandardError, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["models"]));
    }

    private Task<BufferedCommandResult> TrainAsync(params string[] arguments) => ToolRunner.RunAsync(
        _folder, ["train", "--data", _data, "--epochs", "2", "--hidden", "10", "--model-version", "1.0.0", "--output", "models", .. arguments]);
}
