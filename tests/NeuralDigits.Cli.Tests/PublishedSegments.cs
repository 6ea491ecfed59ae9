using CliWrap.Buffered;

namespace NeuralDigits.Cli.Tests;

/// <summary>A model that reads <see cref="SegmentDigits"/>, trained and published once by the tool for all tests of a class.</summary>
public sealed class PublishedSegments : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>The folder with the four files of the data set.</summary>
    internal string Data => _folder["segments"];

    /// <summary>The folder of all models.</summary>
    internal string Output => _folder["models"];

    /// <summary>The model's directory.</summary>
    internal string Model => Path.Combine(Output, "segments", "1.0.0");

    public async Task InitializeAsync()
    {
        _folder.Write("segments/train-images-idx3-ubyte", Images(600, seed: 1));
        _folder.Write("segments/train-labels-idx1-ubyte", IdxBytes.Labels(600));
        _folder.Write("segments/t10k-images-idx3-ubyte", Images(100, seed: 2));
        _folder.Write("segments/t10k-labels-idx1-ubyte", IdxBytes.Labels(100));
        BufferedCommandResult train = await ToolRunner.RunAsync(
            _folder, "train", "--data", Data, "--epochs", "20", "--hidden", "20", "--model-version", "1.0.0", "--output", Output, "--min-accuracy", "0.99");
        Assert.Equal("", train.ExitCode == 0 ? "" : train.StandardError);
    }

    /// <summary>A copy of the model's directory that a test may spoil.</summary>
    internal static string Copy(string model, TemporaryFolder folder)
    {
        foreach (string file in Directory.GetFiles(model))
            folder.Write(Path.Combine("copy", Path.GetFileName(file)), File.ReadAllBytes(file));
        return folder["copy"];
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    private static byte[] Images(int count, int seed)
    {
        var random = new Random(seed);
        IEnumerable<byte> pixels = Enumerable.Range(0, count).SelectMany(i => DigitImage.From(
            SegmentDigits.Draw(i % 10, rows: 120, columns: 80, random.Next(20), random.Next(20), random.Next(50, 100), random.Next(4, 10))));
        return IdxBytes.Of([(uint)count, 28, 28], pixels.ToArray());
    }
}
