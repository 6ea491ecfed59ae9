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
    public void Cancellation_stops_between_two_mini_batches()
    {
        using var source = new CancellationTokenSource();
        var reports = new List<EpochReport>();
        var progress = new Collector(reports, _ => source.Cancel());
        Assert.Throws<OperationCanceledException>(() => StochasticGradientDescent.Train(Blobs.Create(30), null, Options, progress, source.Token));
        Assert.Single(reports);
    }

    [Fact]
    public void The_last_short_mini_batch_divides_by_its_own_size()
    {
        // Seven examples in mini-batches of five: the second has two.
        ExampleSet examples = Blobs.Create(7);
        Network network = NetworkInitializer.Create([6, 4, 3], WeightInitialization.Scaled, new RandomGenerator(1, 1));
        ReferenceNetwork reference = RandomNetwork.ToReference(network);
        int[] order = [3, 1, 6, 0, 2, 5, 4];
        new EpochRunner(network, examples, Cost.Quadratic, miniBatchSize: 5, learningRate: 2).Run(order, CancellationToken.None);

        var buffer = new SparseRowBuffer(6);
        foreach (int[] miniBatch in order.Chunk(5))
            reference.Update([.. miniBatch.Select(row => (Dense(examples.Row(row, buffer), 6), examples.Label(row)))], 2);
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
        var error = Assert.Throws<ArgumentException>(() => Train(change(Options)));
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
        { "Threads is 0; expected: at least 1.", options => options with { Threads = 0 } },
    };

    [Fact]
    public void Sets_that_are_empty_or_do_not_fit_are_refused()
    {
        ExampleSet empty = new ExampleSetBuilder(6, 3).Build();
        Assert.Throws<ArgumentException>(() => StochasticGradientDescent.Train(empty, null, Options));
        Assert.Throws<ArgumentException>(() => StochasticGradientDescent.Train(Blobs.Create(9), empty, Options));
        Assert.Throws<ArgumentException>(() => StochasticGradientDescent.Train(Blobs.Create(9), Blobs.Create(9, featureCount: 5), Options));
    }

    private static double[] Train(TrainingOptions options) =>
        [.. Parameters.Flatten(StochasticGradientDescent.Train(Blobs.Create(30), Blobs.Create(9), options).Network)];

    private static double[] Dense(SparseRow row, int width)
    {
        var dense = new double[width];
        for (int k = 0; k < row.Count; k++)
            dense[row.Indices[k]] = row.Values[k];
        return dense;
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
