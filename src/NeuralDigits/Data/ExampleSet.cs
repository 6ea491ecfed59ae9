namespace NeuralDigits;

/// <summary>Examples to train or to evaluate with: rows of features, each with its label.</summary>
public abstract class ExampleSet
{
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

    /// <summary>The features of the examples, row by row.</summary>
    internal abstract InputRows Inputs { get; }
}
