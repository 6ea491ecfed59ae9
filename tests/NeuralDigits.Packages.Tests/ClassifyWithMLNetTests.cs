using System.Globalization;

namespace NeuralDigits.Packages.Tests;

[Collection(PackedPackagesGroup.Name)]
public sealed class ClassifyWithMLNetTests(PackedPackages packages) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_strangers_program_loads_the_model_and_has_the_accuracy_of_its_metrics()
    {
        string data = LearnableDataSet.Write(_folder, "blocks");
        await DotNet.RunAsync(
            _folder.Path, Path.Combine(AppContext.BaseDirectory, "NeuralDigits.Cli.dll"),
            "train", "--data", data, "--epochs", "2", "--model-version", "1.0.0", "--output", "models");
        string model = _folder[Path.Combine("models", "blocks", "1.0.0")];

        string program = await packages.BuildSampleAsync(_folder, "ClassifyWithMLNet");
        string output = await DotNet.RunAsync(
            _folder.Path, program, Path.Combine(model, "model.zip"),
            Path.Combine(data, "t10k-images-idx3-ubyte"), Path.Combine(data, "t10k-labels-idx1-ubyte"));

        double accuracy = ModelDirectory.Open(model).Manifest.Metrics.Accuracy;
        Assert.InRange(accuracy, 0.5, 1);
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"accuracy {accuracy:0.0000}"), output.Trim());
    }

    public void Dispose() => _folder.Dispose();
}
