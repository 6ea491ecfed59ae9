namespace NeuralDigits.Tests;

public class EpochRunnerTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Others_get_the_threads_that_a_stretch_leaves_idle_and_their_company_excuses_a_slow_one(bool hasCompany)
    {
        ExampleSet training = Blobs.Create(40);
        Network network = NetworkInitializer.Create([6, 32, 3], WeightInitialization.Scaled, new RandomGenerator(1, 1));
        var clock = new SteppingClock();
        var options = new TrainingOptions { Threads = 3, Clock = clock };
        using var runner = new EpochRunner(NetworkSlice.LayOut(network, 1), training, options, new Split(Threads: 2, Layers: 1));
        var idle = new List<int>();
        bool MakeRoom(int threads)
        {
            // Two threads that train together, and leave one idle, are always slow.
            idle.Add(threads);
            clock.Step = threads == 1 ? 1000 : 1;
            return hasCompany;
        }

        int[] order = [.. Enumerable.Range(0, training.Count)];
        runner.Run(order, CancellationToken.None, MakeRoom);
        runner.Run(order, CancellationToken.None, MakeRoom);

        // Three slow ones with one thread's between them, and a first that never counts.
        Assert.Equal(hasCompany ? [2, 2, 1, 1, 1, 1, 1, 1] : [2, 2, 1, 1, 2, 1, 2, 1], idle);
        Assert.Equal(hasCompany ? 1 : 2, runner.IdleThreads);
    }

    private sealed class SteppingClock : TimeProvider
    {
        private long _now;

        public int Step { get; set; }

        public override long GetTimestamp() => _now += Step;
    }
}
