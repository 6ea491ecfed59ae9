using BenchmarkDotNet.Attributes;

namespace NeuralDigits.Benchmarks;

/// <summary>Draws the digits that stand in where there are no others.</summary>
public class DrawingBenchmarks
{
    /// <summary>As many as MNIST has to learn from: 60,000.</summary>
    [Benchmark]
    public LabelledImages TrainingImages() => SyntheticDigits.Draw(seed: 0, start: 0, SyntheticDigits.TrainingCount, Threads);

    /// <summary>How many threads draw.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }
}
