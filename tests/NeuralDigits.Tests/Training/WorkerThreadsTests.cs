namespace NeuralDigits.Tests;

public class WorkerThreadsTests
{
    private const int Threads = 3;

    private static readonly TrainingOptions Options = new() { MiniBatchSize = 4 };

    [Fact]
    public void Helpers_go_through_one_stretch_after_the_other()
    {
        ExampleSet training = Blobs.Create(40);
        Network together = NewNetwork(), alone = NewNetwork();
        using (var threads = new WorkerThreads(EpochWorker.Crew(together, training, Options, new Split(Threads, Layers: 1))))
        using (var thread = new WorkerThreads(EpochWorker.Crew(alone, training, Options, Split.None)))
        {
            for (int stretch = 0; stretch < 5; stretch++)
            {
                threads.Run(Progress(training, Threads));
                thread.Run(Progress(training, threads: 1));
            }
        }

        Assert.Equal(Parameters.Flatten(alone), Parameters.Flatten(together));
    }

    [Fact]
    public void A_failure_of_any_of_them_is_thrown_and_they_go_on_with_the_next_stretch()
    {
        int caller = Environment.CurrentManagedThreadId;
        var training = new FailingExamples(Blobs.Create(40)) { FailingThread = thread => thread != caller };
        using var threads = new WorkerThreads(EpochWorker.Crew(NewNetwork(), training, Options, new Split(Threads, Layers: 1)));

        Assert.Throws<InvalidDataException>(() => threads.Run(Progress(training, Threads)));

        training.FailingThread = thread => thread == caller;
        Assert.Throws<InvalidDataException>(() => threads.Run(Progress(training, Threads)));

        training.FailingThread = _ => false;
        threads.Run(Progress(training, Threads));
    }

    [Fact]
    public void Cancelled_threads_can_be_ended()
    {
        ExampleSet training = Blobs.Create(40);
        using var threads = new WorkerThreads(EpochWorker.Crew(NewNetwork(), training, Options, new Split(Threads, Layers: 1)));
        Assert.Throws<OperationCanceledException>(() => threads.Run(Progress(training, Threads, new CancellationToken(canceled: true))));
    }

    private static Network NewNetwork() => NetworkSlice.LayOut(
        NetworkInitializer.Create([6, 48, 3], WeightInitialization.Scaled, new RandomGenerator(1, 1)), Threads);

    private static EpochProgress Progress(ExampleSet training, int threads, CancellationToken cancellation = default) => new(
        Enumerable.Range(0, training.Count).ToArray(), Options.MiniBatchSize, threads, TimeProvider.System, cancellation);

    private sealed class FailingExamples(ExampleSet examples) : ExampleSet(examples.Count, examples.FeatureCount, examples.ClassCount)
    {
        public Func<int, bool> FailingThread { get; set; } = _ => false;

        internal override InputRows Inputs => examples.Inputs;

        public override int Label(int row) =>
            row > 20 && FailingThread(Environment.CurrentManagedThreadId) ? throw new InvalidDataException("No label.") : examples.Label(row);

        public override float Weight(int row) => examples.Weight(row);
    }
}
