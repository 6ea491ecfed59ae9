namespace NeuralDigits.Tests;

/// <summary>The quadratic cost, which tells of its use: by examples of two classes to learn from, and of a third to evaluate with.</summary>
internal sealed class WatchedCost : Cost
{
    private const int ValidationClass = 2;

    private int _evaluated;

    /// <summary>How long to wait for what must happen.</summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromSeconds(30);

    public static ExampleSet Training { get; } = OfClasses(30, 0, 1);

    /// <summary>A network that learns does worse on these with every epoch.</summary>
    public static ExampleSet Validation { get; } = OfClasses(300, ValidationClass);

    /// <summary>Five epochs of a small network, to be trained on these.</summary>
    public static TrainingOptions Options { get; } = new() { HiddenLayers = [8], Epochs = 5, Seed = 3, LearningRate = 0.5f };

    public override string Name => Quadratic.Name;

    /// <summary>How many examples were evaluated.</summary>
    public int Evaluated => _evaluated;

    /// <summary>How many were learnt from.</summary>
    public int Learnt { get; private set; }

    public Action<int>? Evaluating { get; set; }

    public Action<int>? Learning { get; init; }

    /// <summary>What to add to the training cost, by how many examples were learnt from.</summary>
    public Func<int, double>? CostAfter { get; set; }

    public override double Value(ReadOnlySpan<float> activations, int label)
    {
        double more = 0;
        if (label == ValidationClass)
        {
            int call = Interlocked.Increment(ref _evaluated);
            Evaluating?.Invoke(call);
        }
        else
        {
            more = CostAfter?.Invoke(Learnt) ?? 0;
        }

        return Quadratic.Value(activations, label) + more;
    }

    public override void OutputError(ReadOnlySpan<float> activations, int label, Span<float> outputError)
    {
        Learnt++;
        Learning?.Invoke(Learnt);
        Quadratic.OutputError(activations, label, outputError);
    }

    /// <summary>A cost with which the evaluation of the first epoch and the training of the second wait for each other to begin.</summary>
    public static WatchedCost Meeting()
    {
        var evaluates = new ManualResetEventSlim();
        var trains = new ManualResetEventSlim();
        return new WatchedCost
        {
            Evaluating = _ => Meet(evaluates, trains),
            Learning = learnt =>
            {
                if (learnt > Training.Count)
                    Meet(trains, evaluates);
            },
        };
    }

    /// <summary>Trains on the examples to learn from, and evaluates on the others.</summary>
    /// <returns>The reports, which are those of the history.</returns>
    public static List<EpochReport> Train(TrainingOptions options, Action<EpochReport>? then = null)
    {
        var reports = new List<EpochReport>();
        TrainingResult result = StochasticGradientDescent.Train(Training, Validation, options, new Teller<EpochReport>(report =>
        {
            reports.Add(report);
            then?.Invoke(report);
        }));
        Assert.Equal(result.History, reports);
        return reports;
    }

    private static void Meet(ManualResetEventSlim mine, ManualResetEventSlim others)
    {
        mine.Set();
        Assert.True(others.Wait(Limit), "The other one has not come.");
    }

    private static ExampleSet OfClasses(int count, params int[] classes)
    {
        var random = new RandomGenerator(1, 99);
        var builder = new ExampleSetBuilder(featureCount: 6, classCount: 3);
        for (int row = 0; row < count; row++)
        {
            int label = classes[row % classes.Length];
            builder.Add([.. Enumerable.Range(0, 6).Select(i => (float)((i % 3 == label ? 1 : 0) + (0.3 * random.NextNormal())))], label);
        }

        return builder.Build();
    }
}
