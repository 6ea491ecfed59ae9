namespace NeuralDigits;

/// <summary>How a network does on a set of examples.</summary>
public sealed class EvaluationResult
{
    private readonly int[] _confusion;

    internal EvaluationResult(int classCount, int[] confusion, double cost)
    {
        ClassCount = classCount;
        _confusion = confusion;
        Cost = cost;
        Count = confusion.Sum();
        Correct = Enumerable.Range(0, classCount).Sum(label => Confusion(label, label));
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
        return _confusion[(label * ClassCount) + predicted];
    }

    /// <summary>Of the examples taken for a class, the share that belongs to it; NaN where there are none.</summary>
    /// <param name="label">The class.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double Precision(int label) =>
        (double)Confusion(label, label) / Enumerable.Range(0, ClassCount).Sum(actual => Confusion(actual, label));

    /// <summary>Of the examples that belong to a class, the share that was taken for it; NaN where there are none.</summary>
    /// <param name="label">The class.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double Recall(int label) =>
        (double)Confusion(label, label) / Enumerable.Range(0, ClassCount).Sum(predicted => Confusion(label, predicted));

    /// <summary>The harmonic mean of precision and recall; NaN where the class never occurs in either way.</summary>
    /// <param name="label">The class.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double F1(int label)
    {
        int wrong = Enumerable.Range(0, ClassCount).Where(other => other != label).Sum(other => Confusion(label, other) + Confusion(other, label));
        double right = 2.0 * Confusion(label, label);
        return right / (right + wrong);
    }

    private void CheckClass(int label)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(label);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(label, ClassCount);
    }
}
