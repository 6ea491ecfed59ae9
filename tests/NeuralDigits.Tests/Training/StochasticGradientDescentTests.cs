namespace NeuralDigits.Tests;

public class StochasticGradientDescentTests
{
    private static readonly TrainingOptions Options = new() { HiddenLayers = [8], Epochs = 5, Seed = 3 };

    [Fact]
    public void A_problem_that_can_be_learnt_is_learnt()
    {
        TrainingResult result = StochasticGradientDescent.Train(Blobs.Create(300), Blobs.Create(90, seed: 2), Options);
        Assert.Equal([6, 8, 3], result.Network.Sizes);
        Assert.True(result.History[^1].Validation!.Accuracy > 0.95);
        Assert.True(result.History[^1].TrainingCost < result.History[0].TrainingCost / 2);
    }

    [Fact]
    public void Same_seed_gives_the_same_bits_whatever_the_number_of_threads()
    {
        double[] once = Train(Options with { Threads = 1 });
        Assert.Equal(once, Train(Options with { Threads = 1 }));
        Assert.Equal(once, Train(Options with { Threads = 8 }));
        Assert.NotEqual(once, Train(Options with { Seed = 4 }));
    }

    [Fact]
    public void A_network_without_hidden_layers_learns_too() =>
        Assert.True(StochasticGradientDescent.Train(Blobs.Create(300), Blobs.Create(90, seed: 2), Options with { HiddenLayers = [] })
            .History[^1].Validation!.Accuracy > 0.95);

    [Fact]
    public void Each_epoch_is_reported_as_it_ends()
    {
        var reports = new List<EpochReport>();
        TrainingResult result = StochasticGradientDescent.Train(Blobs.Create(30), Blobs.Create(9), Options, new Collector(reports));
        Assert.Equal([0, 1, 2, 3, 4], reports.Select(report => report.Epoch));
        Assert.Equal(result.History, reports);
        Assert.All(reports, report => Assert.Equal(9, report.Validation!.Count));
    }

    [Fact]
    public void Without_a_validation_set_reports_have_the_training_cost_alone() =>
        Assert.All(StochasticGradientDescent.Train(Blobs.Create(30), null, Options).History, report =>
        {
            Assert.Null(report.Validation);
            Assert.True(report.TrainingCost > 0);
        });

    [Fact]
    public void Cancellation_returns_the_network_of_the_best_epoch_so_far()
    {
        // With the labels of other classes, the network does worse with every epoch: the best is not the last.
        ExampleSet validation = Blobs.Create(90, seed: 2, labelShift: 1);
        using var source = new CancellationTokenSource();
        var reports = new List<EpochReport>();
        var progress = new Collector(reports, report => Cancel(source, report.Epoch == 3));

        TrainingResult result = StochasticGradientDescent.Train(Blobs.Create(300), validation, Options with { LearningRate = 0.1f }, progress, source.Token);

        Assert.True(result.WasCancelled);
        Assert.Equal(4, result.History.Count);
        EpochReport best = reports.MaxBy(report => (report.Validation!.Correct, -report.Validation.Cost))!;
        Assert.NotEqual(3, best.Epoch);
        Assert.Equal(best.Epoch, result.BestEpoch);
        Assert.Equal(best.Validation!.Cost, Evaluator.Evaluate(result.Network, validation, Cost.Quadratic, threads: 1).Cost);
    }

    [Fact]
    public void Cancellation_throws_when_asked_to()
    {
        using var source = new CancellationTokenSource();
        var reports = new List<EpochReport>();
        var progress = new Collector(reports, _ => source.Cancel());
        Assert.Throws<OperationCanceledException>(
            () => StochasticGradientDescent.Train(Blobs.Create(30), null, Options with { ThrowOnCancellation = true }, progress, source.Token));
        Assert.Single(reports);
    }

    [Fact]
    public void Cancellation_before_an_epoch_is_over_has_nothing_to_return() =>
        Assert.Throws<OperationCanceledException>(
            () => StochasticGradientDescent.Train(Blobs.Create(30), null, Options, null, new CancellationToken(canceled: true)));

    [Fact]
    public void Cancellation_stops_an_evaluation_too_and_its_epoch_does_not_count()
    {
        ExampleSet training = Blobs.Create(60), validation = Blobs.Create(3000, seed: 2);
        TrainingOptions options = Options with { MiniBatchSize = 60, Threads = 1 };
        double[] afterOneEpoch = [.. Parameters.Flatten(StochasticGradientDescent.Train(training, null, options with { Epochs = 1 }).Network)];
        using var source = new CancellationTokenSource();

        // An epoch takes the cost of 60 training examples and of 3000 to validate with: this is the first evaluation of the second.
        var cost = new CountingCost(call => Cancel(source, call == 60 + 3000 + 60 + 1));
        TrainingResult result = StochasticGradientDescent.Train(training, validation, options with { Cost = cost }, null, source.Token);

        Assert.True(result.WasCancelled);
        Assert.Equal(0, Assert.Single(result.History).Epoch);
        Assert.Equal(afterOneEpoch, Parameters.Flatten(result.Network));
        Assert.InRange(cost.Calls, 0, 60 + 3000 + 60 + 100);
    }

    [Fact]
    public void A_training_that_is_not_cancelled_returns_the_last_epoch_and_names_the_best()
    {
        ExampleSet validation = Blobs.Create(90, seed: 2);
        TrainingResult result = StochasticGradientDescent.Train(Blobs.Create(300), validation, Options);
        Assert.False(result.WasCancelled);
        Assert.Equal(result.History[^1].Validation!.Cost, Evaluator.Evaluate(result.Network, validation, Cost.Quadratic, threads: 1).Cost);
        Assert.Equal(result.History.MaxBy(report => (report.Validation!.Correct, -report.Validation.Cost))!.Epoch, result.BestEpoch);
    }

    [Fact]
    public void An_example_of_weight_two_counts_like_two()
    {
        // In one mini-batch of the whole set, an example that weighs 2 takes a step as far as two equal ones; the divisor is the same.
        double[] weighted = TrainOnce([([1, 0], 0, 2), ([0, 1], 1, 1), ([0, 0.5f], 1, 0)]);
        double[] repeated = TrainOnce([([1, 0], 0, 1), ([0, 1], 1, 1), ([1, 0], 0, 1)]);
        Assert.All(weighted.Zip(repeated), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    [Fact]
    public void Examples_that_all_weigh_nothing_are_refused()
    {
        var builder = new ExampleSetBuilder(1, 2);
        builder.Add([1], 0, weight: 0);
        Assert.Throws<ArgumentException>(() => StochasticGradientDescent.Train(builder.Build(), null, Options));
    }

    [Fact]
    public void A_cost_that_is_no_number_stops_the_training_with_advice()
    {
        // The first step sends one weight to infinity and the other to minus infinity; the second example adds the two.
        var builder = new ExampleSetBuilder(2, 1);
        builder.Add([1000, -1000], 0);
        builder.Add([1000, 1000], 0);
        var zeros = new Network([new Layer(2, 1, [0, 0], [0])]);
        var error = Assert.Throws<TrainingDivergedException>(() => StochasticGradientDescent.Train(
            builder.Build(), null, Options with { InitialNetwork = zeros, LearningRate = float.MaxValue, MiniBatchSize = 1 }));
        Assert.Contains("Lower the learning rate", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_weight_that_becomes_infinite_ends_the_training_even_if_the_cost_is_a_number_still()
    {
        var builder = new ExampleSetBuilder(featureCount: 1, classCount: 1);
        builder.Add([float.MaxValue], 0);
        var zeros = new Network([new Layer(1, 1, [0], [0])]);
        Assert.Throws<TrainingDivergedException>(() => StochasticGradientDescent.Train(
            builder.Build(), null, Options with { InitialNetwork = zeros, LearningRate = 1000, Epochs = 1 }));
    }

    [Fact]
    public void A_trained_network_holds_no_negative_zero_which_other_machines_may_see_as_a_positive_one()
    {
        var builder = new ExampleSetBuilder(featureCount: 2, classCount: 1);
        builder.Add([0, 1], 0);
        var negative = new Network([new Layer(2, 1, [-0f, 1], [0])]);
        Network trained = StochasticGradientDescent.Train(builder.Build(), null, Options with { InitialNetwork = negative, Epochs = 1 }).Network;
        Assert.False(float.IsNegative(trained.Layers[0].Weight(0, 0)));
    }

    [Fact]
    public void A_network_can_be_trained_further_and_is_itself_left_alone()
    {
        ExampleSet training = Blobs.Create(300), validation = Blobs.Create(90, seed: 2);
        Network first = StochasticGradientDescent.Train(training, validation, Options with { Epochs = 1 }).Network;
        double[] before = [.. Parameters.Flatten(first)];
        TrainingResult further = StochasticGradientDescent.Train(training, validation, Options with { Epochs = 1, InitialNetwork = first });
        Assert.Equal(before, Parameters.Flatten(first));
        Assert.NotEqual(before, Parameters.Flatten(further.Network));
        Assert.True(further.History[0].Validation!.Cost < Evaluator.Evaluate(first, validation, Cost.Quadratic, threads: 1).Cost);
        Assert.Throws<ArgumentException>(() => StochasticGradientDescent.Train(Blobs.Create(9, featureCount: 5), null, Options with { InitialNetwork = first }));
    }

    [Fact]
    public void The_last_short_mini_batch_divides_by_its_own_size()
    {
        // Seven examples in mini-batches of five: the second has two.
        ExampleSet examples = Blobs.Create(7);
        Network network = NetworkInitializer.Create([6, 4, 3], WeightInitialization.Scaled, new RandomGenerator(1, 1));
        ReferenceNetwork reference = RandomNetwork.ToReference(network);
        int[] order = [3, 1, 6, 0, 2, 5, 4];
        var options = new TrainingOptions { MiniBatchSize = 5, LearningRate = 2 };
        using (var runner = new EpochRunner(network, examples, options, Split.None))
            runner.Run(order, CancellationToken.None);

        foreach (int[] miniBatch in order.Chunk(5))
            reference.Update([.. miniBatch.Select(row => (FeaturesOf(examples, row), examples.Label(row)))], 2);
        IEnumerable<double> expected = reference.Weights.Zip(reference.Biases).SelectMany(layer => layer.First.SelectMany(row => row).Concat(layer.Second));
        Assert.All(expected.Zip(Parameters.Flatten(network)), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Fact]
    public void A_mini_batch_larger_than_the_set_takes_the_whole_set() =>
        Assert.Equal(Train(Options with { MiniBatchSize = 30 }), Train(Options with { MiniBatchSize = 1000 }));

    [Theory]
    [MemberData(nameof(WrongOptions))]
    public void Options_outside_their_range_are_refused_by_name_value_and_range(string expected, Func<TrainingOptions, TrainingOptions> change)
    {
        var error = Assert.ThrowsAny<ArgumentException>(() => Train(change(Options)));
        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, Func<TrainingOptions, TrainingOptions>> WrongOptions => new()
    {
        { "HiddenLayers is [8, 0]; expected: sizes of at least 1.", options => options with { HiddenLayers = [8, 0] } },
        { "Epochs is 0; expected: at least 1.", options => options with { Epochs = 0 } },
        { "MiniBatchSize is -1; expected: at least 1.", options => options with { MiniBatchSize = -1 } },
        { "LearningRate is 0; expected: positive and finite.", options => options with { LearningRate = 0 } },
        { "LearningRate is NaN; expected: positive and finite.", options => options with { LearningRate = float.NaN } },
        { "LearningRate is Infinity; expected: positive and finite.", options => options with { LearningRate = float.PositiveInfinity } },
        { "Initialization is 7; expected: Scaled or StandardNormal.", options => options with { Initialization = (WeightInitialization)7 } },
        { "Augmentation is 9; expected: None or Shift or Affine or Elastic.", options => options with { Augmentation = (Augmentation)9 } },
        { "Threads is 0; expected: at least 1.", options => options with { Threads = 0 } },
        { "HiddenLayers is null; expected: a list of sizes of at least 1, which may be empty.", options => options with { HiddenLayers = null! } },
        { "Cost is null; expected: a cost, such as Cost.Quadratic.", options => options with { Cost = null! } },
        { "Clock is null; expected: a clock, such as TimeProvider.System.", options => options with { Clock = null! } },
    };

    [Fact]
    public void Sets_that_are_empty_or_do_not_fit_are_refused()
    {
        ExampleSet empty = new ExampleSetBuilder(6, 3).Build();
        Assert.Throws<ArgumentException>(() => StochasticGradientDescent.Train(empty, null, Options));
        Assert.Throws<ArgumentException>(() => StochasticGradientDescent.Train(Blobs.Create(9), empty, Options));
        Assert.Throws<ArgumentException>(() => StochasticGradientDescent.Train(Blobs.Create(9), Blobs.Create(9, featureCount: 5), Options));
    }

    [Fact]
    public void A_mini_batch_that_has_no_room_in_memory_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(
            () => StochasticGradientDescent.Train(Blobs.Create(30), null, Options with { HiddenLayers = [60_000_000], MiniBatchSize = 30 }));
        Assert.StartsWith(
            "The mini-batches are of 30 examples and the widest layer has 60000000 neurons: together they need more room",
            error.Message,
            StringComparison.Ordinal);
    }

    private static double[] Train(TrainingOptions options) =>
        [.. Parameters.Flatten(StochasticGradientDescent.Train(Blobs.Create(30), Blobs.Create(9), options).Network)];

    private static double[] TrainOnce((float[] Features, int Label, float Weight)[] rows)
    {
        var builder = new ExampleSetBuilder(2, 2);
        foreach ((float[] features, int label, float weight) in rows)
            builder.Add(features, label, weight);
        return [.. Parameters.Flatten(StochasticGradientDescent.Train(builder.Build(), null, Options with { Epochs = 1, MiniBatchSize = 3 }).Network)];
    }

    private static double[] FeaturesOf(ExampleSet examples, int row)
    {
        var features = new float[examples.FeatureCount];
        examples.Inputs.CopyTo(row, features);
        return [.. features.Select(value => (double)value)];
    }

    private static void Cancel(CancellationTokenSource source, bool now)
    {
        if (now)
            source.Cancel();
    }

    private sealed class CountingCost(Action<int> then) : Cost
    {
        public int Calls { get; private set; }

        public override string Name => Quadratic.Name;

        public override double Value(ReadOnlySpan<float> activations, int label)
        {
            then(++Calls);
            return Quadratic.Value(activations, label);
        }

        public override void OutputError(ReadOnlySpan<float> activations, int label, Span<float> outputError) =>
            Quadratic.OutputError(activations, label, outputError);
    }

    private sealed class Collector(List<EpochReport> reports, Action<EpochReport>? then = null) : IProgress<EpochReport>
    {
        public void Report(EpochReport value)
        {
            reports.Add(value);
            then?.Invoke(value);
        }
    }
}
