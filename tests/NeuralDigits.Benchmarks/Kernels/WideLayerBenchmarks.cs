using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using BenchmarkDotNet.Attributes;

namespace NeuralDigits.Benchmarks;

/// <summary>
/// The second layer of [784, 1024, 1024, 10] with a mini-batch of 100, on one thread: each step beside as many multiply-adds that need no
/// memory, which is the most that a core can do. The inverse of the ratio is the share of that peak.
/// </summary>
public class WideLayerBenchmarks
{
    private const int Examples = 100;
    private const int Neurons = 1024;
    private const int SecondLayer = 1;
    private const int SumsInRegisters = 12;

    private readonly float[] _sums = new float[SumsInRegisters * Vector512<float>.Count];
    private readonly float[] _steps = [.. Enumerable.Repeat(-0.03f / Examples, Examples)];
    private NetworkSlice _network = null!;
    private Batch _batch = null!;
    private BatchErrors _errors = null!;

    /// <summary>Takes a mini-batch through a new network. Its errors are zero, so that the steps change nothing.</summary>
    [GlobalSetup]
    public void Load()
    {
        Network network = BenchmarkData.NewNetwork(784, Neurons, Neurons, 10);
        InputRows inputs = new ImageExamples(BenchmarkData.Load().Training).Inputs;
        _batch = new Batch(network, Examples, inputs);
        _batch.Load(inputs, [.. Enumerable.Range(0, Examples)]);
        _network = new NetworkSlice(network);
        _network.Feedforward(_batch);
        _errors = new BatchErrors(_network, Examples);
    }

    /// <summary>105 million multiply-adds, as a layer's step has, in registers.</summary>
    [Benchmark(Baseline = true)]
    public void MultiplyAddsAlone()
    {
        switch (LayerKernels.Best.VectorLength)
        {
            case 16: MultiplyAdds<Lanes512, Vector512<float>>(); break;
            case 8: MultiplyAdds<Lanes256, Vector256<float>>(); break;
            case 4: MultiplyAdds<Lanes128, Vector128<float>>(); break;
            default: MultiplyAdds<Lanes32, float>(); break;
        }
    }

    /// <summary>a^2 = σ(w^2 a^1 + b^2).</summary>
    [Benchmark]
    public void Feedforward() => _network.UpdateAndFeedforward(SecondLayer, null, null, _batch);

    /// <summary>δ^1 = (w^2)ᵀ δ^2 ⊙ σ'(z^1).</summary>
    [Benchmark]
    public void PropagateBack() => _network.PropagateBack(SecondLayer - 1, _batch, _errors);

    /// <summary>w^2 → w^2 - η/m Σ δ^2 (a^1)ᵀ.</summary>
    [Benchmark]
    public void Update()
    {
        _network.ScaleErrorsAndUpdateBiases(SecondLayer, _errors, _steps);
        _network.UpdateAndFeedforward(SecondLayer, _batch, _errors, null);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MultiplyAdds<TLanes, TVector>()
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        TVector x = TLanes.Broadcast(_sums[0]), y = TLanes.Broadcast(_sums[1]);
        TVector s0 = x, s1 = x, s2 = x, s3 = x, s4 = x, s5 = x, s6 = x, s7 = x, s8 = x, s9 = x, s10 = x, s11 = x;
        for (int left = Examples * Neurons * Neurons / TLanes.Count / SumsInRegisters; left != 0; left--)
        {
            s0 = TLanes.MultiplyAdd(x, y, s0);
            s1 = TLanes.MultiplyAdd(x, y, s1);
            s2 = TLanes.MultiplyAdd(x, y, s2);
            s3 = TLanes.MultiplyAdd(x, y, s3);
            s4 = TLanes.MultiplyAdd(x, y, s4);
            s5 = TLanes.MultiplyAdd(x, y, s5);
            s6 = TLanes.MultiplyAdd(x, y, s6);
            s7 = TLanes.MultiplyAdd(x, y, s7);
            s8 = TLanes.MultiplyAdd(x, y, s8);
            s9 = TLanes.MultiplyAdd(x, y, s9);
            s10 = TLanes.MultiplyAdd(x, y, s10);
            s11 = TLanes.MultiplyAdd(x, y, s11);
        }

        // Nobody reads them, but only what is stored is computed; and all together in an array they would not stay in registers.
        TLanes.Store(s0, ref _sums[0]);
        TLanes.Store(s1, ref _sums[TLanes.Count]);
        TLanes.Store(s2, ref _sums[2 * TLanes.Count]);
        TLanes.Store(s3, ref _sums[3 * TLanes.Count]);
        TLanes.Store(s4, ref _sums[4 * TLanes.Count]);
        TLanes.Store(s5, ref _sums[5 * TLanes.Count]);
        TLanes.Store(s6, ref _sums[6 * TLanes.Count]);
        TLanes.Store(s7, ref _sums[7 * TLanes.Count]);
        TLanes.Store(s8, ref _sums[8 * TLanes.Count]);
        TLanes.Store(s9, ref _sums[9 * TLanes.Count]);
        TLanes.Store(s10, ref _sums[10 * TLanes.Count]);
        TLanes.Store(s11, ref _sums[11 * TLanes.Count]);
    }
}
