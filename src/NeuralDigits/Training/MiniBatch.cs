using System.Runtime.CompilerServices;

namespace NeuralDigits;

/// <summary>The examples between two updates, with what training needs to know of each.</summary>
/// <param name="batch">Their room on their way through the network.</param>
/// <param name="training">The set that they are taken from.</param>
/// <param name="learningRate">The learning rate η.</param>
/// <param name="part">Which part it loads of inputs that threads share.</param>
/// <param name="parts">How many there are.</param>
internal sealed class MiniBatch(Batch batch, ExampleSet training, float learningRate, int part, int parts)
{
    private readonly InputRows _inputs = training.Inputs;
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

    /// <summary>Takes over examples.</summary>
    /// <param name="rows">Which, at most as many as there is room for; none behind the last mini-batch.</param>
    [MethodImpl(HotPath.Code)]
    public void Load(ReadOnlySpan<int> rows)
    {
        batch.Load(_inputs, rows, part, parts);
        float step = -(learningRate / rows.Length);
        for (int s = 0; s < rows.Length; s++)
        {
            _labels[s] = training.Label(rows[s]);
            _weights[s] = training.Weight(rows[s]);
            _steps[s] = step * _weights[s];
        }
    }

    /// <summary>Starts to bring examples that come later into the cache.</summary>
    [MethodImpl(HotPath.Code)]
    public void Prefetch(ReadOnlySpan<int> rows)
    {
        for (int s = 0; s < rows.Length; s++)
        {
            if (batch.IsLoadedBy(s, part, parts))
                _inputs.PrefetchRow(rows[s]);
        }
    }
}
