using BenchmarkDotNet.Attributes;

namespace NeuralDigits.Benchmarks;

/// <summary>An epoch: of a network that takes pixels without their zeros, and of one whose layers are products of matrices.</summary>
public class TrainingBenchmarks
{
    // Enough mini-batches to be steady; a whole epoch would take seconds.
    private const int WideImages = 2_000;

    private ExampleSet _images = null!;
    private ExampleSet _fewImages = null!;
    private TrainingOptions _small = null!;
    private TrainingOptions _wide = null!;

    /// <summary>How many threads train.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    /// <summary>Loads the images, and draws the networks to begin with.</summary>
    [GlobalSetup]
    public void Load()
    {
        LabelledImages training = BenchmarkData.Load().Training;
        _images = new ImageExamples(training);
        _fewImages = new ImageExamples(training.Slice(0, WideImages));
        _small = OptionsFor(miniBatchSize: 10, 784, 60, 10);
        _wide = OptionsFor(miniBatchSize: 100, 784, 1024, 1024, 10);
    }

    /// <summary>[784, 60, 10], mini-batch 10, 50,000 images.</summary>
    [Benchmark]
    public TrainingResult EpochOfSmallNetwork() => StochasticGradientDescent.Train(_images, null, _small);

    /// <summary>[784, 1024, 1024, 10], mini-batch 100, 2,000 images.</summary>
    [Benchmark]
    public TrainingResult EpochOfWideNetwork() => StochasticGradientDescent.Train(_fewImages, null, _wide);

    private TrainingOptions OptionsFor(int miniBatchSize, params int[] sizes) => new()
    {
        InitialNetwork = BenchmarkData.NewNetwork(sizes),
        MiniBatchSize = miniBatchSize,
        Epochs = 1,
        Threads = Threads,
    };
}
