using BenchmarkDotNet.Attributes;

namespace NeuralDigits.Benchmarks;

/// <summary>The sigmoid of weighted inputs from -8 to 8. The figure is that of one.</summary>
public class SigmoidBenchmarks
{
    private const int Count = 4096;

    private readonly float[] _weightedInputs = [.. Enumerable.Range(0, Count).Select(i => (16f * i / Count) - 8)];
    private readonly float[] _values = new float[Count];

    /// <summary>In vectors, copied first since they are replaced.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public void Vectors()
    {
        _weightedInputs.CopyTo(_values, 0);
        Sigmoid.Apply(_values);
    }

    /// <summary>One by one.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public void OneByOne()
    {
        for (int i = 0; i < Count; i++)
            _values[i] = Sigmoid.Of(_weightedInputs[i]);
    }
}
