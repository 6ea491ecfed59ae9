using System.Runtime.CompilerServices;

namespace NeuralDigits;

/// <summary>Examples that go through a network together: their inputs, and the activations of all layers.</summary>
internal sealed class Batch
{
    // Where the time of a sparse and of a dense step are about equal: a product costs the sparse one twice as much.
    private const double DenseFrom = 0.5;

    // The most inputs of all examples for whose lists each thread has room of its own: to make lists takes less time than to fetch what another
    // core has just written.
    private const int MostOwn = 32 * 1024;

    // A half of the smallest first-level cache.
    private const int MostPrefetched = 4 * 1024;

    private readonly int _inputCount;
    private readonly int _outputCount;
    private readonly int _rowsTogether;
    private readonly SparseRows[] _sparseRows;
    private readonly Matrix? _denseRows;
    private readonly Matrix[] _activations;

    /// <summary>Makes room for several examples.</summary>
    /// <param name="network">The network.</param>
    /// <param name="capacity">The most examples at a time.</param>
    /// <param name="inputs">Their rows, whose density alone decides in which form the inputs are taken.</param>
    /// <param name="shared">
    /// The batch of another thread to share activations with, and the inputs if they are a matrix or the lists of many examples; null for none.
    /// </param>
    /// <param name="sharedLayers">The activations of how many layers, from the first on.</param>
    public Batch(Network network, int capacity, InputRows inputs, Batch? shared = null, int sharedLayers = 0)
        : this(network, capacity, IsBestDense(inputs), RowsTogether(inputs), shared, shared?._activations[..sharedLayers] ?? [])
    {
    }

    /// <summary>Makes room for a single example.</summary>
    /// <param name="network">The network.</param>
    public Batch(Network network)
        : this(network, capacity: 1, isDense: false, rowsTogether: 1, null, [])
    {
        Count = 1;
    }

    private Batch(Network network, int capacity, bool isDense, int rowsTogether, Batch? shared, Matrix[] activations)
    {
        Capacity = capacity;
        _inputCount = network.InputCount;
        _outputCount = network.OutputCount;
        _rowsTogether = rowsTogether;
        _denseRows = shared?._denseRows ?? (isDense ? new Matrix(capacity, network.InputCount) : null);
        bool makesFeatures = rowsTogether > 1 && LayerKernels.Best.PrefersFeatures(network.Layers[0].Panels[0].Count);
        int groups = isDense ? 0 : (capacity + rowsTogether - 1) / rowsTogether;
        _sparseRows = (SharesInputs ? shared?._sparseRows : null)
            ?? [.. Enumerable.Range(0, groups).Select(_ => new SparseRows(network.InputCount, rowsTogether, makesFeatures))];
        _activations = [.. activations, .. network.Layers.Skip(activations.Length).Select(layer => new Matrix(capacity, layer.Stride))];
    }

    /// <summary>How many examples there are now.</summary>
    public int Count { get; private set; }

    /// <summary>The most examples at a time.</summary>
    public int Capacity { get; }

    /// <summary>Whether the inputs are a matrix like those of the other layers, zeros and all.</summary>
    public bool IsDense => _denseRows is not null;

    // With the other threads, if there are any.
    private bool SharesInputs => IsDense || (long)Capacity * _inputCount > MostOwn;

    /// <summary>The inputs without their zeros, some examples at a time; none if they are a matrix.</summary>
    public ReadOnlySpan<SparseRows> SparseInputs
    {
        [MethodImpl(HotPath.Code)]
        get => IsDense ? [] : _sparseRows.AsSpan(0, (Count + _rowsTogether - 1) / _rowsTogether);
    }

    /// <summary>a^(l-1), [examples, inputs of the layer]; of the first layer only if it is dense.</summary>
    public Matrix Inputs(int layer) => layer > 0 ? _activations[layer - 1] : _denseRows!;

    /// <summary>a^l, [examples, stride]; the padding is zero.</summary>
    public Matrix Activations(int layer) => _activations[layer];

    /// <summary>Starts to bring activations into the cache that other threads have computed: those with which the layer behind begins.</summary>
    [MethodImpl(HotPath.Code)]
    public void PrefetchActivations(int layer)
    {
        int left = MostPrefetched;
        for (int s = 0; s < Count && left > 0; s++)
        {
            Span<float> row = _activations[layer].Row(s);
            Prefetch.IntoFirstLevel<float>(row[..Math.Min(row.Length, left)]);
            left -= row.Length;
        }
    }

    /// <summary>The activations of the output layer for one example.</summary>
    public ReadOnlySpan<float> Output(int example) => _activations[^1].Row(example)[.._outputCount];

    /// <summary>Whether the room would be of the same form if it were made for these rows.</summary>
    public bool IsMadeFor(InputRows inputs) => IsDense == IsBestDense(inputs) && _rowsTogether == RowsTogether(inputs);

    /// <summary>Takes over some examples, or, where threads share the inputs, one thread's part of them.</summary>
    /// <param name="inputs">Rows that the room is made for.</param>
    /// <param name="rows">Which, at most as many as there is room for.</param>
    /// <param name="share">Which part of them to load, from 0.</param>
    /// <param name="shares">How many parts there are.</param>
    [MethodImpl(HotPath.Code)]
    public void Load(InputRows inputs, ReadOnlySpan<int> rows, int share = 0, int shares = 1)
    {
        Count = rows.Length;
        if (_denseRows is not null)
        {
            for (int s = share; s < rows.Length; s += shares)
                inputs.CopyTo(rows[s], _denseRows.Row(s));
            return;
        }

        (int firstGroup, int step) = SharesInputs ? (share, shares) : (0, 1);
        for (int group = firstGroup; group * _rowsTogether < rows.Length; group += step)
        {
            int first = group * _rowsTogether;
            inputs.Load(rows.Slice(first, Math.Min(_rowsTogether, rows.Length - first)), _sparseRows[group]);
        }
    }

    /// <summary>Whether an example is in a part of those that <see cref="Load(InputRows, ReadOnlySpan{int}, int, int)"/> takes over.</summary>
    public bool IsLoadedBy(int example, int share, int shares) =>
        !SharesInputs || example / (IsDense ? 1 : _rowsTogether) % shares == share;

    /// <summary>Takes over the features of the single example.</summary>
    public void Load(ReadOnlySpan<float> features) => _sparseRows[0].Load(features, [0]);

    /// <summary>Takes over the pixels of the single example.</summary>
    public void Load(ReadOnlySpan<byte> pixels) => _sparseRows[0].Load(pixels, [0]);

    private static int RowsTogether(InputRows inputs) => inputs.MayBeLoadedTogether ? LayerKernels.Best.RowsTogether : 1;

    private static bool IsBestDense(InputRows inputs) => inputs.Density >= DenseFrom;
}
