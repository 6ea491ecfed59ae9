namespace NeuralDigits;

/// <summary>Examples that go through a network together: their inputs, and the activations of all layers.</summary>
internal sealed class Batch
{
    // Where the time of a sparse and of a dense step are about equal: a product costs the sparse one twice as much.
    private const double DenseFrom = 0.5;

    private readonly int _inputCount;
    private readonly int _outputCount;
    private readonly SparseRow[] _rows;
    private readonly SparseRowBuffer[] _buffers;
    private readonly Matrix? _denseRows;
    private readonly Matrix[] _activations;

    /// <param name="network">The network.</param>
    /// <param name="capacity">The most examples at a time.</param>
    /// <param name="density">The share of inputs that are not zero: the one thing that decides in which form they are taken.</param>
    public Batch(Network network, int capacity, double density)
    {
        _inputCount = network.InputCount;
        _outputCount = network.OutputCount;
        _rows = new SparseRow[capacity];
        _buffers = [.. Enumerable.Range(0, capacity).Select(_ => new SparseRowBuffer(_inputCount))];
        _denseRows = density >= DenseFrom ? new Matrix(capacity, _inputCount) : null;
        _activations = [.. network.Layers.Select(layer => new Matrix(capacity, layer.Stride))];
    }

    /// <summary>How many examples there are now.</summary>
    public int Count { get; set; }

    /// <summary>The most examples at a time.</summary>
    public int Capacity => _rows.Length;

    /// <summary>Whether the inputs are a matrix like those of the other layers, zeros and all.</summary>
    public bool IsDense => _denseRows is not null;

    /// <summary>The inputs without their zeros.</summary>
    public ReadOnlySpan<SparseRow> Rows => _rows.AsSpan(0, Count);

    /// <summary>a^(l-1), [examples, inputs of the layer]; of the first layer only if it is dense.</summary>
    public Matrix Inputs(int layer) => layer > 0 ? _activations[layer - 1] : _denseRows!;

    /// <summary>a^l, [examples, stride]; the padding is zero.</summary>
    public Matrix Activations(int layer) => _activations[layer];

    /// <summary>The activations of the output layer for one example.</summary>
    public ReadOnlySpan<float> Output(int example) => _activations[^1].Row(example)[.._outputCount];

    /// <summary>Takes over the features of an example.</summary>
    public void Load(int example, ExampleSet examples, int row) => Set(example, examples.Row(row, _buffers[example]));

    /// <inheritdoc cref="Load(int, ExampleSet, int)"/>
    public void Load(int example, ReadOnlySpan<float> features) => Set(example, _buffers[example].FromFeatures(features));

    /// <inheritdoc cref="Load(int, ExampleSet, int)"/>
    public void Load(int example, ReadOnlySpan<byte> pixels) => Set(example, _buffers[example].FromPixels(pixels));

    private void Set(int example, SparseRow row)
    {
        _rows[example] = row;
        if (_denseRows is null)
            return;
        Span<float> dense = _denseRows.Row(example);
        dense.Clear();
        for (int k = 0; k < row.Count; k++)
            dense[row.Indices[k]] = row.Values[k];
    }
}
