using System.Collections.Concurrent;

namespace NeuralDigits.Tests;

public class EpochReportsTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    public void An_epoch_is_evaluated_while_the_next_one_trains_where_that_leaves_threads_idle(int threads)
    {
        var cost = WatchedCost.Meeting();
        List<EpochReport> reports = WatchedCost.Train(WatchedCost.Options with { Cost = cost, Epochs = 2, Threads = threads });
        Assert.Equal([0, 1], reports.Select(report => report.Epoch));
    }

    [Fact]
    public void One_thread_evaluates_an_epoch_before_it_trains_the_next()
    {
        var learnt = new List<int>();
        var cost = new WatchedCost();
        cost.Evaluating = _ => learnt.Add(cost.Learnt);
        WatchedCost.Train(WatchedCost.Options with { Cost = cost, Epochs = 3, Threads = 1 });
        Assert.Equal(Enumerable.Range(1, 3).SelectMany(epoch => Enumerable.Repeat(epoch * WatchedCost.Training.Count, WatchedCost.Validation.Count)), learnt);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void The_reports_are_the_same_whatever_the_number_of_threads(int threads)
    {
        // Large enough to be split among four threads, and not among more.
        ExampleSet training = Blobs.Create(100, featureCount: 200), validation = Blobs.Create(300, featureCount: 200, seed: 2);
        IEnumerable<(int, double, int, double)> Reports(int threads) => StochasticGradientDescent
            .Train(training, validation, WatchedCost.Options with { HiddenLayers = [64], Epochs = 5, Threads = threads })
            .History.Select(report => (report.Epoch, report.TrainingCost, report.Validation!.Correct, report.Validation.Cost));
        Assert.Equal(Reports(1), Reports(threads));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void Reports_come_on_the_calling_thread(int threads)
    {
        int caller = Environment.CurrentManagedThreadId;
        Assert.Equal(5, WatchedCost.Train(WatchedCost.Options with { Threads = threads }, _ => Assert.Equal(caller, Environment.CurrentManagedThreadId)).Count);
    }

    [Fact]
    public void An_evaluation_is_waited_for_when_the_training_needs_its_threads()
    {
        using var gate = new ManualResetEventSlim();
        var cost = new WatchedCost { Evaluating = _ => Assert.True(gate.Wait(WatchedCost.Limit)) };
        var reports = new EpochReports(WatchedCost.Validation, WatchedCost.Options with { Cost = cost, Threads = 4 }, null, CancellationToken.None);
        Network network = NetworkInitializer.Create([6, 8, 3], WeightInitialization.Scaled, new RandomGenerator(1, 1));
        double expected = Evaluator.Evaluate(network, WatchedCost.Validation, Cost.Quadratic, threads: 1).Cost;

        reports.Begin();
        reports.End(0, cost: 1, network, idleThreads: 2);
        network.Layers[0].Parameters.Clear();
        reports.Begin();
        Assert.True(reports.MakeRoom(idleThreads: 2));
        Assert.Empty(reports.History);
        gate.Set();
        Assert.False(reports.MakeRoom(idleThreads: 1));

        Assert.Equal(expected, Assert.Single(reports.History).Validation!.Cost);
    }

    [Fact]
    public void An_evaluation_that_is_over_is_reported_before_the_training_goes_on()
    {
        EpochReports reports = AfterOneEpoch(WatchedCost.Options, idleThreads: 2);
        Assert.True(SpinWait.SpinUntil(() => !reports.MakeRoom(idleThreads: 2), WatchedCost.Limit));
        Assert.Single(reports.History);
    }

    [Fact]
    public void An_evaluation_beside_the_training_takes_the_idle_threads_only()
    {
        var threads = new ConcurrentDictionary<int, bool>();
        using var another = new ManualResetEventSlim();
        var cost = new WatchedCost();
        cost.Evaluating = call =>
        {
            threads[Environment.CurrentManagedThreadId] = true;

            // Time for another thread to come, if there is any: a busy pool starts one in half a second.
            if (call == 1)
                another.Wait(TimeSpan.FromSeconds(1));
            else
                another.Set();
        };
        AfterOneEpoch(WatchedCost.Options with { Cost = cost, Threads = 4 }, idleThreads: 1).Complete();
        Assert.Single(threads);
    }

    [Fact]
    public void An_epoch_is_evaluated_at_once_where_none_follows_or_where_idle_threads_have_images_to_make()
    {
        Assert.Single(AfterOneEpoch(WatchedCost.Options with { Epochs = 1 }, idleThreads: 2).History);
        Assert.Single(AfterOneEpoch(WatchedCost.Options with { Augmentation = Augmentation.Shift }, idleThreads: 2).History);
        Assert.Empty(AfterOneEpoch(WatchedCost.Options, idleThreads: 2).History);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_cancellation_before_the_report_says_less_than_a_failure(int clockReads)
    {
        using var source = new CancellationTokenSource();
        var clock = new HandClock();
        EpochReports reports = AfterOneEpoch(WatchedCost.Options with { Clock = clock }, idleThreads: 1, source.Token);

        // The clock is read when the waiting for the evaluation begins, and then when it is over.
        clock.WhenRead = () =>
        {
            if (--clockReads == 0)
                source.Cancel();
        };
        reports.CompleteAfterFailure();
        Assert.True(source.IsCancellationRequested);
    }

    [Fact]
    public void The_times_of_the_epochs_are_those_of_their_training_and_of_the_waiting_for_their_evaluation()
    {
        using var waiting = new ManualResetEventSlim();
        var clock = new HandClock();
        var cost = new WatchedCost { Evaluating = _ => Assert.True(waiting.Wait(WatchedCost.Limit)) };
        var progress = new Teller<EpochReport>(_ => clock.Advance(seconds: 100));
        TrainingOptions options = WatchedCost.Options with { Cost = cost, Clock = clock, Epochs = 2 };
        var reports = new EpochReports(WatchedCost.Validation, options, progress, CancellationToken.None);
        Network network = NetworkInitializer.Create([6, 8, 3], WeightInitialization.Scaled, new RandomGenerator(1, 1));

        reports.Begin();
        clock.Advance(seconds: 10);
        reports.End(0, cost: 1, network, idleThreads: 1);
        reports.Begin();
        clock.Advance(seconds: 5);

        // The clock is read when the waiting begins, and then when it is over.
        clock.WhenRead = () =>
        {
            clock.WhenRead = () => clock.Advance(seconds: 3);
            waiting.Set();
        };
        reports.MakeRoom(idleThreads: 0);
        clock.WhenRead = null;
        clock.Advance(seconds: 6);
        reports.End(1, cost: 1, network, idleThreads: 0);

        Assert.Equal([13, 11], reports.History.Select(report => report.Elapsed.TotalSeconds));
    }

    private static EpochReports AfterOneEpoch(TrainingOptions options, int idleThreads, CancellationToken cancellation = default)
    {
        var reports = new EpochReports(WatchedCost.Validation, options, null, cancellation);
        reports.Begin();
        reports.End(0, cost: 1, NetworkInitializer.Create([6, 8, 3], WeightInitialization.Scaled, new RandomGenerator(1, 1)), idleThreads);
        return reports;
    }

    private sealed class HandClock : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => 1;

        public Action? WhenRead { get; set; }

        public override long GetTimestamp()
        {
            WhenRead?.Invoke();
            return _now;
        }

        public void Advance(int seconds) => _now += seconds;
    }
}
