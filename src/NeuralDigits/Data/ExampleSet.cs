namespace NeuralDigits;

/// <summary>Examples to train or to evaluate with: rows of features, each with its label.</summary>
public abstract class ExampleSet
{
    private double? _density;

    private protected ExampleSet(int count, int featureCount, int classCount)
    {
        Count = count;
        FeatureCount = featureCount;
        ClassCount = classCount;
    }

    /// <summary>The number of examples.</summary>
    public int Count { get; }

    /// <summary>The number of features of each example.</summary>
    public int FeatureCount { get; }

    /// <summary>The number of classes; labels are from 0 to this number - 1.</summary>
    public int ClassCount { get; }

    /// <summary>The label of an example.</summary>
    /// <param name="row">The example, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such example.</exception>
    public abstract int Label(int row);

    /// <summary>How much an example counts in training, from 0; 1 where nothing else was said.</summary>
    /// <param name="row">The example, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such example.</exception>
    public abstract float Weight(int row);

    /// <summary>The share of the features that are not zero, from 0 to 1; measured when it is first asked for.</summary>
    internal double Density => _density ??= Count == 0 ? 0 : MeasureDensity();

    /// <summary>The features of an example that are not zero.</summary>
    /// <param name="row">The example, from 0.</param>
    /// <param name="buffer">Room for a row of <see cref="FeatureCount"/>, which the result may lie in.</param>
    internal abstract SparseRow Row(int row, SparseRowBuffer buffer);

    /// <summary>Starts to bring an example that is needed soon into the cache.</summary>
    internal abstract void PrefetchRow(int row);

    private protected abstract double MeasureDensity();
}
