namespace NeuralDigits.Tests;

public class EpochWorkerTests
{
    [Fact]
    public void A_cost_that_is_no_number_stops_all_threads_also_one_that_is_late()
    {
        const int threads = 2;
        ExampleSet training = new LateExamples(Blobs.Create(40), Environment.CurrentManagedThreadId);
        Network network = NetworkInitializer.Create([6, 32, 3], WeightInitialization.Scaled, new RandomGenerator(1, 1));
        var options = new TrainingOptions { Cost = new WatchedCost { CostAfter = _ => double.NaN }, MiniBatchSize = 4 };
        var split = new Split(threads, Layers: 1);
        EpochWorker[] workers = EpochWorker.Crew(NetworkSlice.LayOut(network, threads), training, options, split);
        int[] order = [.. Enumerable.Range(0, training.Count)];
        var progress = new EpochProgress(order, options.MiniBatchSize, threads, TimeProvider.System, CancellationToken.None);

        var helper = new Thread(() => workers[1].Run(progress));
        helper.Start();
        using var patience = new Timer(_ => progress.Fail(new TimeoutException("The first thread waits for the other one.")), null, WatchedCost.Limit, Timeout.InfiniteTimeSpan);
        workers[0].Run(progress);

        Assert.True(helper.Join(WatchedCost.Limit));
        Assert.Null(progress.Failure);
        Assert.True(double.IsNaN(progress.Cost));
    }

    /// <summary>Examples that all threads but one get late.</summary>
    private sealed class LateExamples(ExampleSet examples, int punctualThread) : ExampleSet(examples.Count, examples.FeatureCount, examples.ClassCount)
    {
        internal override InputRows Inputs => examples.Inputs;

        public override int Label(int row)
        {
            // Long enough for the first thread to begin the next mini-batch meanwhile, and to compile what it needs for it.
            if (Environment.CurrentManagedThreadId != punctualThread)
                Thread.Sleep(25);
            return examples.Label(row);
        }

        public override float Weight(int row) => examples.Weight(row);
    }
}
