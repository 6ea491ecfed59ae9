using BenchmarkDotNet.Attributes;

namespace NeuralDigits.Benchmarks;

/// <summary>Scores with [784, 60, 10]: one row after the other, or all at once. The figures are those of a row.</summary>
public class ScoringBenchmarks
{
    private const int Rows = 10_000;

    private Network _network = null!;
    private ForwardPass _forward = null!;
    private BatchScorer _scorer = null!;
    private LabelledImages _images = null!;
    private float[] _features = null!;
    private float[] _activations = null!;

    /// <summary>How many threads score a batch.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    /// <summary>Loads the images.</summary>
    [GlobalSetup]
    public void Load()
    {
        _network = BenchmarkData.NewNetwork(784, 60, 10);
        _forward = new ForwardPass(_network);
        _scorer = new BatchScorer(_network, Threads);
        _images = BenchmarkData.Load().Test.Slice(0, Rows);
        _features = new float[Rows * _images.PixelsPerImage];
        Pixel.ToFeatures(_images.Pixels.Span, _features);
        _activations = new float[Rows * _network.OutputCount];
    }

    /// <summary>All rows at once, as bytes.</summary>
    [Benchmark(OperationsPerInvoke = Rows)]
    public void BatchOfBytes() => _scorer.Score(_images.Pixels, _activations);

    /// <summary>All rows at once, as floats.</summary>
    [Benchmark(OperationsPerInvoke = Rows)]
    public void BatchOfFloats() => _scorer.Score(_features.AsMemory(), _activations);

    /// <summary>Row after row, as bytes; always by one thread.</summary>
    [Benchmark(OperationsPerInvoke = Rows)]
    public float SingleRowOfBytes()
    {
        float last = 0;
        for (int row = 0; row < Rows; row++)
            last = _forward.Run(_images.Image(row))[0];
        return last;
    }

    /// <summary>Row after row, as floats; always by one thread.</summary>
    [Benchmark(OperationsPerInvoke = Rows)]
    public float SingleRowOfFloats()
    {
        float last = 0;
        for (int row = 0; row < Rows; row++)
            last = _forward.Run(_features.AsSpan(row * _network.InputCount, _network.InputCount))[0];
        return last;
    }
}
