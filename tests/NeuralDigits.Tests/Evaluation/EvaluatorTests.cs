namespace NeuralDigits.Tests;

public class EvaluatorTests
{
    // One input x: the output for class 0 falls with x, that for class 1 rises.
    private static readonly Network Threshold = new([new Layer(1, 2, [-10, 10], [0, 0])]);

    [Fact]
    public void Precision_recall_and_f1_follow_from_the_confusion_matrix()
    {
        // Four are right; one 0 is taken for a 1.
        EvaluationResult result = Evaluate([(-1, 0), (-1, 0), (1, 0), (1, 1), (2, 1)]);
        Assert.Equal(5, result.Count);
        Assert.Equal(4, result.Correct);
        Assert.Equal(0.8, result.Accuracy);
        Assert.Equal([2, 1, 0, 2], new[] { result.Confusion(0, 0), result.Confusion(0, 1), result.Confusion(1, 0), result.Confusion(1, 1) });
        Assert.Equal(1, result.Precision(0));
        Assert.Equal(2 / 3.0, result.Recall(0), 1e-12);
        Assert.Equal(2 / 3.0, result.Precision(1), 1e-12);
        Assert.Equal(1, result.Recall(1));
        Assert.Equal(0.8, result.F1(0), 1e-12);
    }

    [Fact]
    public void Figures_of_a_class_that_never_occurs_do_not_exist()
    {
        EvaluationResult result = Evaluate([(-1, 0)]);
        Assert.Equal(double.NaN, result.Precision(1));
        Assert.Equal(double.NaN, result.Recall(1));
        Assert.Equal(double.NaN, result.F1(1));
    }

    [Fact]
    public void What_examples_were_taken_for_is_counted_for_each_class() =>
        Assert.Equal([2, 3], Evaluate([(-1, 0), (-1, 0), (1, 0), (1, 1), (2, 1)]).CountPredictions());

    [Fact]
    public void Very_many_classes_take_the_room_of_those_that_occur()
    {
        // A whole confusion matrix would have 10^10 entries.
        const int classes = 100_000;
        var network = new Network([new Layer(1, classes, new float[classes], new float[classes])]);
        var builder = new ExampleSetBuilder(1, classes);
        builder.Add([1], 0);
        builder.Add([1], classes - 1);

        EvaluationResult result = Evaluator.Evaluate(network, builder.Build(), Cost.Quadratic, threads: 1);

        Assert.Equal(1, result.Confusion(classes - 1, 0));
        Assert.Equal(0, result.Confusion(0, classes - 1));
        Assert.Equal(1, result.Correct);
        Assert.Equal(0.5, result.Precision(0));
        Assert.Equal(0, result.Recall(classes - 1));
        Assert.Equal(0, result.F1(classes - 1));
    }

    [Fact]
    public void Of_equal_activations_the_lower_class_counts() => Assert.Equal(1, Evaluate([(0, 0), (0, 1)]).Correct);

    [Fact]
    public void Cost_is_the_mean_quadratic_cost() =>
        Assert.Equal(0.25, Evaluate([(0, 0), (0, 1)]).Cost, 1e-12); // Both outputs are 1/2: 1/2 ((1/2)² + (1/2)²).

    [Fact]
    public void Cost_is_the_same_bits_on_any_number_of_threads()
    {
        Network network = NetworkInitializer.Create([6, 3], WeightInitialization.Scaled, new RandomGenerator(1, 1));
        ExampleSet examples = Blobs.Create(3000);
        double once = Evaluator.Evaluate(network, examples, Cost.Quadratic, threads: 1).Cost;
        Assert.All([2, 3, 8], threads => Assert.Equal(once, Evaluator.Evaluate(network, examples, Cost.Quadratic, threads).Cost));
    }

    [Fact]
    public void Examples_that_do_not_fit_or_are_none_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Evaluator.Evaluate(Threshold, Blobs.Create(3), Cost.Quadratic, 1));
        Assert.Throws<ArgumentException>(() => Evaluator.Evaluate(Threshold, new ExampleSetBuilder(1, 2).Build(), Cost.Quadratic, 1));
    }

    private static EvaluationResult Evaluate((float X, int Label)[] rows)
    {
        var builder = new ExampleSetBuilder(1, 2);
        foreach ((float x, int label) in rows)
            builder.Add([x], label);
        return Evaluator.Evaluate(Threshold, builder.Build(), Cost.Quadratic, threads: 1);
    }
}
