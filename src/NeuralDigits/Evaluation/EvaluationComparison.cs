namespace NeuralDigits;

/// <summary>How one network does on a set of examples, compared with another on the same.</summary>
public sealed class EvaluationComparison
{
    /// <summary>Compares two evaluations.</summary>
    /// <param name="baseline">What to compare with.</param>
    /// <param name="candidate">What is judged.</param>
    /// <exception cref="ArgumentException">They are not of the same examples: the classes differ, or how many there are of each.</exception>
    public EvaluationComparison(EvaluationResult baseline, EvaluationResult candidate)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(candidate);
        bool isSameSet = baseline.ClassCount == candidate.ClassCount
            && Enumerable.Range(0, baseline.ClassCount).All(label => CountOf(baseline, label) == CountOf(candidate, label));
        if (!isSameSet)
            throw new ArgumentException("The evaluations are not of the same examples.", nameof(candidate));
        (Baseline, Candidate) = (baseline, candidate);
    }

    /// <summary>What to compare with.</summary>
    public EvaluationResult Baseline { get; }

    /// <summary>What is judged.</summary>
    public EvaluationResult Candidate { get; }

    /// <summary>The candidate's accuracy less the baseline's, from -1 to 1.</summary>
    public double AccuracyDifference => (double)(Candidate.Correct - Baseline.Correct) / Candidate.Count;

    /// <summary>The candidate's recall of a class less the baseline's, from -1 to 1; NaN where there is no example of it.</summary>
    /// <param name="label">The class.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double RecallDifference(int label) =>
        (double)(Candidate.Confusion(label, label) - Baseline.Confusion(label, label)) / CountOf(Candidate, label);

    /// <summary>Whether the candidate's accuracy is further below the baseline's than is allowed.</summary>
    /// <param name="allowed">The share of the examples, from 0 to 1, that may be wrong in addition.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is not from 0 to 1.</exception>
    public bool IsWorseBy(double allowed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(allowed);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(allowed, 1);

        // Counted, not subtracted: 0.9725 - 0.9705 is more than 0.002 in binary.
        return Baseline.Correct - Candidate.Correct > allowed * Candidate.Count;
    }

    private static int CountOf(EvaluationResult result, int label) =>
        Enumerable.Range(0, result.ClassCount).Sum(predicted => result.Confusion(label, predicted));
}
