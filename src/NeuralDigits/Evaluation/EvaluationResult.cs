namespace NeuralDigits;

/// <summary>How a network does on a set of examples.</summary>
public sealed class EvaluationResult
{
    private readonly ConfusionCounts _confusion;

    internal EvaluationResult(ConfusionCounts confusion, double cost)
    {
        ClassCount = confusion.ClassCount;
        _confusion = confusion;
        Cost = cost;
        Count = confusion.Total;
        Correct = confusion.Correct;
    }

    /// <summary>The number of classes.</summary>
    public int ClassCount { get; }

    /// <summary>The number of examples.</summary>
    public int Count { get; }

    /// <summary>The number of examples whose label is the class with the largest activation.</summary>
    public int Correct { get; }

    /// <summary>The share of examples that are correct, from 0 to 1.</summary>
    public double Accuracy => (double)Correct / Count;

    /// <summary>The mean cost of the examples.</summary>
    public double Cost { get; }

    /// <summary>How many examples of one class were taken for another.</summary>
    /// <param name="label">The class that they are.</param>
    /// <param name="predicted">The class that they were taken for.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public int Confusion(int label, int predicted)
    {
        CheckClass(label);
        CheckClass(predicted);
        return _confusion.Of(label, predicted);
    }

    /// <summary>How many examples were taken for each class, right or wrong.</summary>
    /// <returns>As many numbers as there are classes.</returns>
    public int[] CountPredictions() => _confusion.CountPredictions();

    /// <summary>Of the examples taken for a class, the share that belongs to it; NaN where there are none.</summary>
    /// <param name="label">The class.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double Precision(int label) => (double)Confusion(label, label) / _confusion.PredictedAs(label);

    /// <summary>Of the examples that belong to a class, the share that was taken for it; NaN where there are none.</summary>
    /// <param name="label">The class.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double Recall(int label) => (double)Confusion(label, label) / _confusion.LabelledAs(label);

    /// <summary>The harmonic mean of precision and recall; NaN where the class never occurs in either way.</summary>
    /// <param name="label">The class.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double F1(int label) =>
        2.0 * Confusion(label, label) / ((double)_confusion.PredictedAs(label) + _confusion.LabelledAs(label));

    private void CheckClass(int label)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(label);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(label, ClassCount);
    }
}
