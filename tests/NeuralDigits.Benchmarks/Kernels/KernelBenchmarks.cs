using BenchmarkDotNet.Attributes;

namespace NeuralDigits.Benchmarks;

/// <summary>The inner loops, in each vector width that this machine has.</summary>
public class KernelBenchmarks
{
    private const int Inputs = 784;

    // A mini-batch of the small network, its 60 neurons padded to whole vectors; and one of a wide network.
    private const int SparseRowCount = 10;
    private const int SparseColumns = 64;
    private const int DenseRowCount = 100;
    private const int DenseColumns = 1024;

    // Its output layer, padded to whole vectors.
    private const int NarrowRows = 10;
    private const int NarrowInner = 60;
    private const int NarrowColumns = 16;

    private LayerKernels _kernels = null!;
    private SparseRows[] _sparseRows = null!;
    private Matrix _inputs = null!;
    private Matrix _weights = null!;
    private Matrix _sums = null!;

    /// <summary>The widths, in floats.</summary>
    public static IEnumerable<int> VectorLengths => LayerKernels.All.Select(kernels => kernels.VectorLength);

    /// <summary>The number of floats in a vector.</summary>
    [ParamsSource(nameof(VectorLengths))]
    public int VectorLength { get; set; }

    /// <summary>Takes the first images, once without their zeros and once with them, and draws weights.</summary>
    [GlobalSetup]
    public void Load()
    {
        _kernels = LayerKernels.All.Single(kernels => kernels.VectorLength == VectorLength);
        LabelledImages images = BenchmarkData.Load().Training;
        _inputs = new Matrix(DenseRowCount, Inputs);
        for (int row = 0; row < DenseRowCount; row++)
            Pixel.ToFeatures(images.Image(row), _inputs.Row(row)[..Inputs]);
        _sparseRows = [.. Enumerable.Range(0, SparseRowCount).Chunk(_kernels.RowsTogether).Select(numbers => Together(images, numbers))];
        _weights = new Matrix(Inputs, DenseColumns);
        var random = new RandomGenerator(seed: 1, stream: 0);
        for (int row = 0; row < Inputs; row++)
        {
            foreach (ref float weight in _weights.Row(row))
                weight = (float)random.NextNormal();
        }

        _sums = new Matrix(DenseRowCount, DenseColumns);
    }

    /// <summary>Ten images without their zeros through weights [784, 64].</summary>
    [Benchmark]
    public void MultiplySparse() =>
        _kernels.MultiplySparse(_weights.FromColumn(0), SparseColumns, _sparseRows, _sums.FromColumn(0), _sums.FromColumn(0));

    /// <summary>Weights [784, 64] learn from ten images without their zeros.</summary>
    [Benchmark]
    public void UpdateSparse() =>
        _kernels.UpdateSparse(_weights.FromColumn(0), SparseColumns, _sparseRows, _sums.FromColumn(0));

    /// <summary>[100, 784] by [784, 1024]: 80 million multiply-adds.</summary>
    [Benchmark]
    public void MultiplyDense() => _kernels.MultiplyDense(
        _inputs.FromColumn(0), _weights.FromColumn(0), _sums.FromColumn(0), _sums.FromColumn(0), DenseRowCount, Inputs, DenseColumns);

    /// <summary>[10, 60] by [60, 16]: ten examples through the ten outputs of the small network.</summary>
    [Benchmark]
    public void MultiplyNarrow() => _kernels.MultiplyDense(
        _inputs.FromColumn(0), _weights.FromColumn(0), _sums.FromColumn(0), _sums.FromColumn(0), NarrowRows, NarrowInner, NarrowColumns);

    /// <summary>[60, 10] by [10, 16]: what the weights of the ten outputs learn from ten examples.</summary>
    [Benchmark]
    public void UpdateNarrow() => _kernels.MultiplyDense(
        _inputs.Transposed(), _weights.FromColumn(0), _sums.FromColumn(0), _sums.FromColumn(0), NarrowInner, NarrowRows, NarrowColumns);

    private static SparseRows Together(LabelledImages images, int[] numbers)
    {
        var rows = new SparseRows(Inputs, numbers.Length);
        rows.Load(images.Pixels.Span, numbers);
        return rows;
    }
}
