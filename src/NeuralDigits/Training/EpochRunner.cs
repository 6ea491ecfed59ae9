namespace NeuralDigits;

/// <summary>Goes through the training set once, mini-batch by mini-batch, and changes the network as it goes.</summary>
internal sealed class EpochRunner
{
    private readonly Network _network;
    private readonly ExampleSet _training;
    private readonly float _learningRate;
    private readonly Backpropagation _backpropagation;
    private readonly SparseRowBuffer _rowBuffer;
    private readonly ExampleErrors[] _miniBatch;

    public EpochRunner(Network network, ExampleSet training, Cost cost, int miniBatchSize, float learningRate)
    {
        _network = network;
        _training = training;
        _learningRate = learningRate;
        _backpropagation = new Backpropagation(network, cost);
        _rowBuffer = new SparseRowBuffer(training.FeatureCount);
        _miniBatch = [.. Enumerable.Range(0, Math.Min(miniBatchSize, training.Count)).Select(_ => new ExampleErrors(network))];
    }

    /// <summary>Takes the examples in the given order.</summary>
    /// <returns>The mean cost of the examples, each before the update by its mini-batch.</returns>
    public double Run(ReadOnlySpan<int> order, CancellationToken cancellation)
    {
        double cost = 0;
        for (int start = 0; start < order.Length; start += _miniBatch.Length)
        {
            cancellation.ThrowIfCancellationRequested();
            cost += RunMiniBatch(order.Slice(start, Math.Min(_miniBatch.Length, order.Length - start)));
        }

        return cost / order.Length;
    }

    private double RunMiniBatch(ReadOnlySpan<int> rows)
    {
        double cost = 0;
        for (int i = 0; i < rows.Length; i++)
            cost += _backpropagation.Propagate(_training.Row(rows[i], _rowBuffer), _training.Label(rows[i]), _miniBatch[i]);

        float step = -(_learningRate / rows.Length);
        for (int l = 0; l < _network.Layers.Count; l++)
        {
            foreach (ExampleErrors example in _miniBatch.AsSpan(0, rows.Length))
                Update(_network.Layers[l], l, example, step);
        }

        _backpropagation.Refresh();
        return cost;
    }

    // BP3 and BP4, with -η/m multiplied into the error.
    private static void Update(Layer layer, int l, ExampleErrors example, float step)
    {
        Span<float> change = example.PaddedError(l);
        for (int j = 0; j < change.Length; j++)
        {
            change[j] *= step;
            layer.BiasData[j] += change[j];
        }

        LayerKernels.AddOuterProduct(layer.WeightData, example.Inputs(l), change);
    }
}
