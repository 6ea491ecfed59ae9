namespace NeuralDigits.Packages.Tests;

/// <summary>A model as the tool publishes it, and a hundred test images with what the product says of them.</summary>
/// <remarks>Of MNIST where it is there, else of a set that is learnt in seconds.</remarks>
public sealed class PublishedDigits : IAsyncLifetime, IDisposable
{
    private const int ImageCount = 100;
    private readonly TemporaryFolder _folder = new();

    /// <summary>The model directory.</summary>
    public string Folder { get; private set; } = "";

    /// <summary>The images, in an IDX file.</summary>
    public string ImagesPath { get; private set; } = "";

    /// <summary>Their labels, in an IDX file.</summary>
    public string LabelsPath { get; private set; } = "";

    /// <summary>The names of the classes that the network in memory predicts for them.</summary>
    public IReadOnlyList<string> Predictions { get; private set; } = [];

    public async Task InitializeAsync()
    {
        string data = new MnistFactAttribute().Skip is null ? MnistFactAttribute.Folder : LearnableDataSet.Write(_folder, "blocks");
        await DotNet.RunAsync(
            _folder.Path, Path.Combine(AppContext.BaseDirectory, "NeuralDigits.Cli.dll"), "train", "--data", data, "--epochs", "5",
            "--model-name", "digits", "--model-version", "1.0.0", "--output", "models");
        Folder = _folder[Path.Combine("models", "digits", "1.0.0")];

        LabelledImages images = DataSet.Load(data).Test;
        int pixels = images.PixelsPerImage;
        ImagesPath = _folder.Write("images", IdxBytes.Of([ImageCount, (uint)images.Rows, (uint)images.Columns], images.Pixels.Span[..(ImageCount * pixels)]));
        LabelsPath = _folder.Write("labels", IdxBytes.Of([ImageCount], images.Labels.Span[..ImageCount]));
        Model model = ModelDirectory.Open(Folder).Model;
        Predictions = [.. Enumerable.Range(0, ImageCount).Select(image => model.Labels[model.Network.Predict(Features(images.Image(image)))])];
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    private static float[] Features(ReadOnlySpan<byte> pixels)
    {
        var features = new float[pixels.Length];
        for (int i = 0; i < features.Length; i++)
            features[i] = pixels[i] / 255f;
        return features;
    }
}
