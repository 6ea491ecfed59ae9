using System.Text;
using System.Text.RegularExpressions;

namespace NeuralDigits.Packages.Tests;

/// <summary>The programs in a model card run as they stand there, beside the files of the model.</summary>
[Collection(PackedPackagesGroup.Name)]
public sealed partial class ModelCardProgramsTests : IClassFixture<PublishedDigits>, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PackedPackages _packages;
    private readonly PublishedDigits _digits;
    private readonly string _model;

    public ModelCardProgramsTests(PackedPackages packages, PublishedDigits digits)
    {
        (_packages, _digits) = (packages, digits);
        foreach (string file in Directory.GetFiles(digits.Folder))
            _folder.Write(Path.Combine("model", Path.GetFileName(file)), File.ReadAllBytes(file));
        _folder.Write("model/t10k-images-idx3-ubyte", File.ReadAllBytes(digits.ImagesPath));
        _folder.Write("model/t10k-labels-idx1-ubyte", File.ReadAllBytes(digits.LabelsPath));
        _model = _folder["model"];
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task From_ML_NET()
    {
        string built = await _packages.BuildProgramAsync(_folder, "Card", Program("csharp", "Microsoft.ML;"));

        Assert.Matches(@"^\d+[.,]\d\d\s?% of the images are right", await DotNet.RunAsync(_model, built));
    }

    [Fact]
    public async Task From_ONNX_Runtime()
    {
        const string sample = "ClassifyWithOnnxRuntime";
        _folder.Write($"{sample}.csproj", File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Samples", sample, $"{sample}.csproj")));
        _folder.Write("Program.cs", Encoding.UTF8.GetBytes(Program("csharp", "Microsoft.ML.OnnxRuntime;")));
        await DotNet.RunAsync(_folder.Path, "build", "--configuration", "Release", "--output", "built", "--use-current-runtime", "--no-self-contained");

        string output = await DotNet.RunAsync(_model, _folder[Path.Combine("built", $"{sample}.dll")]);

        Assert.Equal(PredictionOfBlank(), output.Trim());
    }

    [PythonFact("numpy", "safetensors")]
    public Task From_Python_with_safetensors() => RunPythonAsync("from safetensors.numpy");

    [PythonFact("numpy", "onnxruntime")]
    public Task From_Python_with_ONNX_Runtime() => RunPythonAsync("import onnxruntime");

    private async Task RunPythonAsync(string import)
    {
        string output = await InstalledProgram.RunAsync(PythonFactAttribute.Command, _model, "-c", Program("python", import));
        Assert.StartsWith($"{PredictionOfBlank()} [", output, StringComparison.Ordinal);
    }

    // Two programs in the card take an image without any ink.
    private string PredictionOfBlank()
    {
        Network network = ModelDirectory.Open(_digits.Folder).Model.Network;
        return $"{network.Predict(new float[network.InputCount])}";
    }

    private string Program(string language, string import)
    {
        string card = File.ReadAllText(Path.Combine(_model, "MODEL_CARD.md"));
        return Assert.Single(
            Block().Matches(card).Where(block => block.Groups["language"].Value == language).Select(block => block.Groups["code"].Value),
            code => code.Contains(import, StringComparison.Ordinal));
    }

    [GeneratedRegex("```(?<language>[a-z]+)\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
