namespace NeuralDigits;

/// <summary>The examples between two updates, with what training needs to know of each.</summary>
internal sealed class MiniBatch(Network network, ExampleSet training, int capacity, float learningRate)
{
    private readonly int[] _labels = new int[capacity];
    private readonly float[] _weights = new float[capacity];
    private readonly float[] _steps = new float[capacity];

    /// <summary>The examples on their way through the network.</summary>
    public Batch Batch { get; } = new(network, capacity, training.Inputs);

    /// <summary>The class of each example.</summary>
    public ReadOnlySpan<int> Labels => _labels.AsSpan(0, Batch.Count);

    /// <summary>How much each example counts.</summary>
    public ReadOnlySpan<float> Weights => _weights.AsSpan(0, Batch.Count);

    /// <summary>-η/m times the example's weight: what its errors are multiplied by to become changes.</summary>
    public ReadOnlySpan<float> Steps => _steps.AsSpan(0, Batch.Count);

    /// <summary>Takes over one share of the rows, so that several threads can load at once.</summary>
    /// <param name="rows">All rows of the mini-batch, at most its capacity.</param>
    /// <param name="share">Which share, from 0.</param>
    /// <param name="shares">How many there are.</param>
    public void Load(ReadOnlySpan<int> rows, int share, int shares)
    {
        Batch.Load(training.Inputs, rows, share, shares);

        // Few bytes: threads that wrote them by turns would take the cache line from one another each time.
        if (share > 0)
            return;
        float step = -(learningRate / rows.Length);
        for (int s = 0; s < rows.Length; s++)
        {
            _labels[s] = training.Label(rows[s]);
            _weights[s] = training.Weight(rows[s]);
            _steps[s] = step * _weights[s];
        }
    }

    /// <summary>Starts to bring one share of the rows of a later mini-batch into the cache.</summary>
    /// <inheritdoc cref="Load"/>
    public void Prefetch(ReadOnlySpan<int> rows, int share, int shares)
    {
        for (int s = share; s < rows.Length; s += shares)
            training.Inputs.PrefetchRow(rows[s]);
    }
}
