using System.Runtime.CompilerServices;

namespace NeuralDigits;

/// <summary>The examples between two updates, with what training needs to know of each.</summary>
/// <param name="batch">Their room on their way through the network.</param>
/// <param name="training">The set that they are taken from.</param>
/// <param name="learningRate">The learning rate η.</param>
/// <param name="thread">Whose it is.</param>
/// <param name="threads">How many threads there are: they share the inputs.</param>
internal sealed class MiniBatch(Batch batch, ExampleSet training, float learningRate, int thread, int threads)
{
    private readonly int[] _labels = new int[batch.Capacity];
    private readonly float[] _weights = new float[batch.Capacity];
    private readonly float[] _steps = new float[batch.Capacity];

    /// <summary>The examples on their way through the network.</summary>
    public Batch Batch => batch;

    /// <summary>The class of each example.</summary>
    public ReadOnlySpan<int> Labels => _labels.AsSpan(0, batch.Count);

    /// <summary>How much each example counts.</summary>
    public ReadOnlySpan<float> Weights => _weights.AsSpan(0, batch.Count);

    /// <summary>-η/m times the example's weight: what its errors are multiplied by to become changes.</summary>
    public ReadOnlySpan<float> Steps => _steps.AsSpan(0, batch.Count);

    /// <summary>Takes over examples: of their inputs, this thread's part.</summary>
    /// <param name="rows">Which, at most as many as there is room for; none behind the last mini-batch.</param>
    /// <param name="number">Which mini-batch they are.</param>
    [MethodImpl(HotPath.Code)]
    public void Load(ReadOnlySpan<int> rows, int number)
    {
        batch.Load(training.Inputs, rows, PartOf(number), threads);
        float step = -(learningRate / rows.Length);
        for (int s = 0; s < rows.Length; s++)
        {
            _labels[s] = training.Label(rows[s]);
            _weights[s] = training.Weight(rows[s]);
            _steps[s] = step * _weights[s];
        }
    }

    /// <summary>Starts to bring into the cache what this thread is to load later.</summary>
    /// <param name="rows">The examples of a later mini-batch.</param>
    /// <param name="number">Which mini-batch they are.</param>
    [MethodImpl(HotPath.Code)]
    public void PrefetchRows(ReadOnlySpan<int> rows, int number)
    {
        int part = PartOf(number);
        for (int s = 0; s < rows.Length; s++)
        {
            if (batch.IsLoadedBy(s, part, threads))
                training.Inputs.PrefetchRow(rows[s]);
        }
    }

    /// <summary>Starts to bring into the cache what the other threads have loaded.</summary>
    /// <param name="number">Which mini-batch the examples are.</param>
    [MethodImpl(HotPath.Code)]
    public void PrefetchLists(int number) => batch.PrefetchLists(PartOf(number), threads);

    // In turn, since one part may be larger than the others.
    private int PartOf(int number) => (thread + number) % threads;
}
