using NeuralDigits.ML;

namespace NeuralDigits.Cli;

/// <summary>
/// Goes through a whole training on a few made-up images, for nothing but the code to be compiled. That happens when code first runs and
/// takes as long as to read the data; done at the same time, it costs nothing.
/// </summary>
internal static class Rehearsal
{
    private const int ImageSide = 28;
    private const int ClassCount = 10;

    // Enough for each form of the training to have its turn, and done in a moment.
    private const int ImageCount = 100;
    private const int LargestLayer = 64;

    /// <summary>Starts it.</summary>
    /// <param name="options">The options of the training to come.</param>
    /// <param name="environment">The environment, of which nothing is written to.</param>
    /// <returns>Its end; it needs no waiting for.</returns>
    public static Task RunAsync(SigmoidMlpTrainer.Options options, CommandEnvironment environment)
    {
        CommandEnvironment silent = environment with { Output = TextWriter.Null, Error = TextWriter.Null, HasTerminal = false };
        var progress = new EpochReporter(epochs: 1, silent);
        var tiny = new SigmoidMlpTrainer.Options
        {
            HiddenLayers = [.. options.HiddenLayers.Select(size => Math.Min(size, LargestLayer))],
            Epochs = 1,
            MiniBatchSize = Math.Min(options.MiniBatchSize, ImageCount / ClassCount),
            Initialization = options.Initialization,
            Augmentation = options.Augmentation,
            Seed = options.Seed,
            Threads = options.Threads,
            Progress = progress,
        };
        var gate = new QualityGate(minAccuracy: null, maxRegression: 0, baseline: null);
        return Task.Run(() => new TrainingJob(Data(), tiny, progress, silent).Run("rehearsal", "0.0.0", ManifestProvenance.LocalBuilder, gate, force: false));
    }

    // As many zeros as images of digits have: other images take other ways through the code.
    private static DataSet Data()
    {
        byte[] pixels = [.. Enumerable.Range(0, ImageCount * ImageSide * ImageSide).Select(i => (byte)(i % 5 == 0 ? i : 0))];
        byte[] labels = [.. Enumerable.Range(0, ImageCount).Select(i => (byte)(i % ClassCount))];
        var images = new LabelledImages(pixels, labels, ImageSide, ImageSide, ClassCount);
        return new DataSet("rehearsal", images, images, images);
    }
}
