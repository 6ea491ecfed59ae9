using CliWrap.Buffered;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace NeuralDigits.Cli.Tests;

/// <summary>A data set of the catalog whose classes have names, from the command line to what a published model predicts.</summary>
public sealed class FashionMnistTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [FashionMnistFact]
    public async Task Training_by_name_ends_in_a_model_whose_PredictedLabel_has_the_names_of_the_classes()
    {
        BufferedCommandResult train = await ToolRunner.RunAsync(
            _folder, "train", "--data", "fashion-mnist", "--offline", "--hidden", "16", "--epochs", "1", "--model-version", "1.0.0");

        Assert.Equal(0, train.ExitCode);
        Assert.Contains("fashion-mnist from /usr/share/datasets/fashion-mnist", train.StandardError, StringComparison.Ordinal);
        IReadOnlyList<string> names = DataCatalog.Find("fashion-mnist")!.ClassNames;
        ModelDirectory model = ModelDirectory.Open(_folder["artifacts/models/fashion-mnist/1.0.0"]);
        Assert.Equal(names, model.Manifest.Labels);
        Assert.Equal(names, model.Model.Labels);

        var mlContext = new MLContext();
        IDataView images = mlContext.Data.LoadMnist("/usr/share/datasets/fashion-mnist").Test;
        IDataView predicted = mlContext.Model.Load(Path.Combine(model.Folder, "model.zip"), out _).Transform(mlContext.Data.TakeRows(images, 100));
        string[] labels = [.. mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel").Fit(predicted).Transform(predicted).GetColumn<string>("PredictedLabel")];
        Assert.Equal("Ankle boot", labels[0]);
        Assert.All(labels, label => Assert.Contains(label, names));
    }
}
