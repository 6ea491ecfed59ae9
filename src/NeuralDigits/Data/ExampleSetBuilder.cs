using System.Globalization;

namespace NeuralDigits;

/// <summary>
/// Collects examples row by row, from any source, into one buffer that holds no zeros.
/// </summary>
/// <remarks>A feature that is not zero takes 8 bytes; a zero takes nothing.</remarks>
public sealed class ExampleSetBuilder
{
    // Large enough to be few, small enough that the last, partly filled one does not matter.
    private const int BlockCapacity = 1 << 18;

    private readonly int _featureCount;
    private readonly int _classCount;
    private readonly List<SparseExamples.Place> _places = [];
    private SparseExamples.Block _block = new(0);

    /// <summary>Starts an empty set.</summary>
    /// <param name="featureCount">The number of features of each example, at least 1.</param>
    /// <param name="classCount">The number of classes, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is below 1.</exception>
    public ExampleSetBuilder(int featureCount, int classCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(featureCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 1);
        _featureCount = featureCount;
        _classCount = classCount;
    }

    /// <summary>The number of examples so far.</summary>
    public int Count => _places.Count;

    /// <summary>Adds an example given by all its features.</summary>
    /// <param name="features">As many finite values as there are features.</param>
    /// <param name="label">The class, from 0 to the number of classes - 1.</param>
    /// <param name="weight">How much the example counts in training: finite and at least 0.</param>
    /// <exception cref="ArgumentException">The number of features is wrong, or one is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class, or the weight is out of range.</exception>
    public void Add(ReadOnlySpan<float> features, int label, float weight = 1)
    {
        if (features.Length != _featureCount)
            throw new ArgumentException($"Example {Count} has {features.Length} features where {_featureCount} are expected.", nameof(features));
        CheckLabelAndWeight(label, weight);

        int start = Reserve(_featureCount);
        int used = start;
        for (int i = 0; i < features.Length; i++)
        {
            if (features[i] == 0)
                continue;
            CheckFeature(i, features[i]);
            Append(used++, i, features[i]);
        }

        Commit(start, used, label, weight);
    }

    /// <summary>Adds an example given by the features that are not zero.</summary>
    /// <param name="indices">Which features, in ascending order, from 0.</param>
    /// <param name="values">Their values, all finite.</param>
    /// <param name="label">The class, from 0 to the number of classes - 1.</param>
    /// <exception cref="ArgumentException">The two spans differ in length, the indices are out of order or range, or a value is not finite.</exception>
    /// <param name="weight">How much the example counts in training: finite and at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class, or the weight is out of range.</exception>
    public void AddSparse(ReadOnlySpan<int> indices, ReadOnlySpan<float> values, int label, float weight = 1)
    {
        if (indices.Length != values.Length)
            throw new ArgumentException($"Example {Count} has {indices.Length} indices but {values.Length} values.", nameof(values));
        CheckLabelAndWeight(label, weight);

        int start = Reserve(indices.Length);
        int used = start;
        int previous = -1;
        for (int k = 0; k < indices.Length; k++)
        {
            if (indices[k] <= previous || indices[k] >= _featureCount)
                throw new ArgumentException($"Example {Count} has the index {indices[k]} after {previous}; indices ascend and stay below {_featureCount}.", nameof(indices));
            previous = indices[k];
            CheckFeature(previous, values[k]);
            if (values[k] != 0)
                Append(used++, previous, values[k]);
        }

        Commit(start, used, label, weight);
    }

    /// <summary>The examples added so far. Adding more does not change the set that was built.</summary>
    public ExampleSet Build() => new SparseExamples([.. _places], _featureCount, _classCount);

    private int Reserve(int count)
    {
        if (_block.Free < count)
            _block = new SparseExamples.Block(Math.Max(BlockCapacity, count));
        return _block.Used;
    }

    private void Append(int position, int index, float value)
    {
        _block.Indices[position] = index;
        _block.Values[position] = value;
    }

    // Only a whole, checked row counts: one that was refused leaves no trace.
    private void Commit(int start, int end, int label, float weight)
    {
        _block.Used = end;
        _places.Add(new SparseExamples.Place(_block, start, end - start, label, weight));
    }

    private void CheckLabelAndWeight(int label, float weight)
    {
        if (label < 0 || label >= _classCount)
            throw new ArgumentOutOfRangeException(nameof(label), label, $"Example {Count} has a label outside 0 to {_classCount - 1}.");
        if (!(weight >= 0 && float.IsFinite(weight)))
            throw new ArgumentOutOfRangeException(nameof(weight), weight, $"Example {Count} has a weight that is not a finite number from 0.");
    }

    private void CheckFeature(int index, float value)
    {
        if (!float.IsFinite(value))
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Feature {index} of example {Count} is {value}; features are finite numbers."));
    }
}
