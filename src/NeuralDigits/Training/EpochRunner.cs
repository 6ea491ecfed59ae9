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
    private readonly double _totalWeight;

    public EpochRunner(Network network, ExampleSet training, Cost cost, int miniBatchSize, float learningRate)
    {
        _network = network;
        _training = training;
        _learningRate = learningRate;
        _backpropagation = new Backpropagation(network, cost);
        _rowBuffer = new SparseRowBuffer(training.FeatureCount);
        _miniBatch = [.. Enumerable.Range(0, Math.Min(miniBatchSize, training.Count)).Select(_ => new ExampleErrors(network))];
        _totalWeight = TotalWeight(training);
    }

    /// <summary>Takes the examples in the given order.</summary>
    /// <returns>The mean cost of the examples by their weights, each before the update by its mini-batch; NaN as soon as one is.</returns>
    public double Run(ReadOnlySpan<int> order, CancellationToken cancellation)
    {
        double cost = 0;
        for (int start = 0; start < order.Length && !double.IsNaN(cost); start += _miniBatch.Length)
        {
            cancellation.ThrowIfCancellationRequested();
            cost += RunMiniBatch(order.Slice(start, Math.Min(_miniBatch.Length, order.Length - start)));
        }

        return cost / _totalWeight;
    }

    private static double TotalWeight(ExampleSet training)
    {
        double total = 0;
        for (int row = 0; row < training.Count; row++)
            total += training.Weight(row);
        return total;
    }

    private double RunMiniBatch(ReadOnlySpan<int> rows)
    {
        double cost = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            double own = _backpropagation.Propagate(_training.Row(rows[i], _rowBuffer), _training.Label(rows[i]), _miniBatch[i]);
            cost += own * _training.Weight(rows[i]);
        }

        float step = -(_learningRate / rows.Length);
        for (int l = 0; l < _network.Layers.Count; l++)
        {
            for (int i = 0; i < rows.Length; i++)
                Update(_network.Layers[l], l, _miniBatch[i], step * _training.Weight(rows[i]));
        }

        _backpropagation.Refresh();
        return cost;
    }

    // BP3 and BP4, with -η/m and the example's weight multiplied into the error.
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
