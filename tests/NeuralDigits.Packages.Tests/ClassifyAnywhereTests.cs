using Microsoft.ML;
using Microsoft.ML.Data;

namespace NeuralDigits.Packages.Tests;

/// <summary>Programs that know nothing of this product say of a hundred images what it says itself.</summary>
public sealed class ClassifyAnywhereTests(PublishedDigits digits) : IClassFixture<PublishedDigits>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_model_that_has_learnt_something_is_what_is_compared() => Assert.True(digits.Predictions.Distinct().Count() > 5);

    [Fact]
    public void ML_NET_classifies_as_the_product_does()
    {
        var mlContext = new MLContext(seed: 1);
        ITransformer model = mlContext.Model.Load(Path.Combine(digits.Folder, "model.zip"), out _);
        IDataView scored = model.Transform(mlContext.Data.LoadFromIdx(digits.ImagesPath, digits.LabelsPath));
        IDataView named = mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel").Fit(scored).Transform(scored);

        Assert.Equal(digits.Predictions, named.GetColumn<string>("PredictedLabel"));
    }

    [Fact]
    public async Task ONNX_Runtime_classifies_as_the_product_does()
    {
        CopySample("ClassifyWithOnnxRuntime");
        await DotNet.RunAsync(_folder.Path, "build", "--configuration", "Release", "--output", "built", "--use-current-runtime", "--no-self-contained");

        string output = await DotNet.RunAsync(
            _folder.Path, Path.Combine("built", "ClassifyWithOnnxRuntime.dll"), Path.Combine(digits.Folder, "model.onnx"), digits.ImagesPath);

        Assert.Equal(digits.Predictions, Lines(output));
    }

    [PythonFact]
    public async Task Python_alone_classifies_as_the_product_does()
    {
        CopySample("ClassifyWithPython");

        // Isolated: no packages but those of Python itself.
        string output = await InstalledProgram.RunAsync(
            PythonFactAttribute.Command, _folder.Path, "-I", "-S", "classify.py", Path.Combine(digits.Folder, "model.safetensors"), digits.ImagesPath);

        Assert.Equal(digits.Predictions, Lines(output));
    }

    [NodeFact]
    public async Task Node_with_the_runtime_of_browsers_classifies_as_the_product_does()
    {
        CopySample("ClassifyWithNode");
        await InstalledProgram.RunAsync(NodeFactAttribute.PackageManager, _folder.Path, "ci", "--no-audit", "--no-fund");

        string output = await InstalledProgram.RunAsync(
            "node", _folder.Path, "classify.mjs", Path.Combine(digits.Folder, "model.onnx"), digits.ImagesPath);

        Assert.Equal(digits.Predictions, Lines(output));
    }

    public void Dispose() => _folder.Dispose();

    private void CopySample(string name)
    {
        foreach (string file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Samples", name)))
            _folder.Write(Path.GetFileName(file), File.ReadAllBytes(file));
    }

    private static string[] Lines(string output) =>
        output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
