namespace NeuralDigits.ML.Tests;

/// <summary>What a model says of rows.</summary>
/// <param name="Labels">The index of the class of each row.</param>
/// <param name="Scores">The scores, [rows, classes].</param>
internal sealed record Scored(IReadOnlyList<long> Labels, IReadOnlyList<float> Scores)
{
    public bool Equals(Scored? other) => other is not null && Labels.SequenceEqual(other.Labels) && Scores.SequenceEqual(other.Scores);

    public override int GetHashCode() => HashCode.Combine(Labels.Count, Scores.Count);

    /// <summary>In how many rows a score is further than that from the other's.</summary>
    public int RowsFurtherThan(double distance, Scored other)
    {
        int classCount = Scores.Count / Labels.Count;
        return Enumerable.Range(0, Labels.Count).Count(row => Enumerable.Range(row * classCount, classCount)
            .Any(i => !(Math.Abs(Scores[i] - other.Scores[i]) <= distance)));
    }
}
