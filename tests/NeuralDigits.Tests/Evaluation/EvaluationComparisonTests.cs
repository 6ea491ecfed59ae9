namespace NeuralDigits.Tests;

public sealed class EvaluationComparisonTests
{
    [Fact]
    public void Differences_are_the_candidate_less_the_baseline()
    {
        var comparison = new EvaluationComparison(Of([8, 2], [1, 9]), Of([6, 4], [0, 10]));
        Assert.Equal(-0.05, comparison.AccuracyDifference);
        Assert.Equal(-0.2, comparison.RecallDifference(0));
        Assert.Equal(0.1, comparison.RecallDifference(1));
    }

    [Theory]
    [InlineData(9725, 9705, 0.002, false)]
    [InlineData(9725, 9704, 0.002, true)]
    [InlineData(9725, 9725, 0, false)]
    [InlineData(9725, 9724, 0, true)]
    [InlineData(9725, 9800, 0, false)]
    public void Worse_is_what_gets_more_examples_wrong_than_are_allowed_in_addition(int before, int now, double allowed, bool isWorse)
    {
        var comparison = new EvaluationComparison(Of([before, 10_000 - before], [0, 0]), Of([now, 10_000 - now], [0, 0]));
        Assert.Equal(isWorse, comparison.IsWorseBy(allowed));
        Assert.Equal(double.NaN, comparison.RecallDifference(1));
    }

    [Fact]
    public void Evaluations_of_other_examples_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new EvaluationComparison(Of([1, 0], [0, 1]), Of([2, 0], [0, 0])));
        Assert.Throws<ArgumentException>(() => new EvaluationComparison(Of([1, 0], [0, 1]), Of([2])));
    }

    // A row of the confusion matrix for each class.
    private static EvaluationResult Of(params int[][] confusion)
    {
        var examples = new ExampleSetBuilder(featureCount: 1, classCount: confusion.Length);
        var predictions = new List<int>();
        for (int label = 0; label < confusion.Length; label++)
        {
            for (int predicted = 0; predicted < confusion.Length; predicted++)
            {
                for (int i = 0; i < confusion[label][predicted]; i++)
                {
                    examples.Add([1], label);
                    predictions.Add(predicted);
                }
            }
        }

        return new EvaluationResult(ConfusionCounts.Of(examples.Build(), [.. predictions]), cost: 0);
    }
}
