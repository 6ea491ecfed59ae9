namespace NeuralDigits.Tests;

public class EpochEndingsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void A_report_can_end_the_training_at_once_and_the_best_of_the_reported_epochs_is_returned(int threads)
    {
        using var source = new CancellationTokenSource();
        var cost = new WatchedCost();
        int learnt = 0;
        var progress = new Teller<EpochReport>(report =>
        {
            learnt = cost.Learnt;
            if (report.Epoch == 2)
                source.Cancel();
        });

        TrainingResult result = StochasticGradientDescent.Train(
            WatchedCost.Training, WatchedCost.Validation, WatchedCost.Options with { Cost = cost, Threads = threads }, progress, source.Token);

        Assert.True(result.WasCancelled);
        Assert.Equal([0, 1, 2], result.History.Select(report => report.Epoch));
        Assert.Equal(learnt, cost.Learnt);
        Assert.Equal(0, result.BestEpoch);
        Assert.Equal(AfterOneEpoch(), Parameters.Flatten(result.Network));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void The_last_epoch_but_one_can_end_the_training_too(int threads)
    {
        using var source = new CancellationTokenSource();
        var progress = new Teller<EpochReport>(_ => source.Cancel());
        TrainingOptions options = WatchedCost.Options with { Cost = threads == 1 ? Cost.Quadratic : WatchedCost.Meeting(), Epochs = 2, Threads = threads };
        TrainingResult result = StochasticGradientDescent.Train(WatchedCost.Training, WatchedCost.Validation, options, progress, source.Token);
        Assert.True(result.WasCancelled);
        Assert.Equal(AfterOneEpoch(), Parameters.Flatten(result.Network));
    }

    [Fact]
    public void An_epoch_whose_evaluation_is_cut_short_beside_the_training_does_not_count()
    {
        using var source = new CancellationTokenSource();
        var cost = new WatchedCost();
        cost.Evaluating = call =>
        {
            if (call == WatchedCost.Validation.Count + 1)
                source.Cancel();
        };
        TrainingResult result = StochasticGradientDescent.Train(
            WatchedCost.Training, WatchedCost.Validation, WatchedCost.Options with { Cost = cost, Threads = 2 }, null, source.Token);
        Assert.True(result.WasCancelled);
        Assert.Equal(0, Assert.Single(result.History).Epoch);
        Assert.Equal(AfterOneEpoch(), Parameters.Flatten(result.Network));
        Assert.InRange(cost.Evaluated, WatchedCost.Validation.Count + 1, (2 * WatchedCost.Validation.Count) - 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void A_training_that_diverges_tells_of_the_epoch_before_first(int threads)
    {
        WatchedCost cost = threads == 1 ? new WatchedCost() : WatchedCost.Meeting();
        cost.CostAfter = learnt => learnt > WatchedCost.Training.Count ? double.NaN : 0;
        var reports = new List<EpochReport>();
        var exception = Assert.Throws<TrainingDivergedException>(() => WatchedCost.Train(WatchedCost.Options with { Cost = cost, Threads = threads }, reports.Add));
        Assert.Equal(1, exception.Epoch);
        Assert.Equal(0, Assert.Single(reports).Epoch);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void A_training_that_fails_tells_of_the_epoch_before_first_and_leaves_nothing_running(int threads)
    {
        WatchedCost cost = threads == 1 ? new WatchedCost() : WatchedCost.Meeting();
        cost.CostAfter = learnt => learnt > WatchedCost.Training.Count ? throw new InvalidOperationException("broken") : 0;
        var reports = new List<EpochReport>();
        Assert.Throws<InvalidOperationException>(() => WatchedCost.Train(WatchedCost.Options with { Cost = cost, Threads = threads }, reports.Add));
        Assert.Equal(0, Assert.Single(reports).Epoch);
        Assert.Equal(WatchedCost.Validation.Count, cost.Evaluated);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 1)]
    [InlineData(8, 0)]
    [InlineData(8, 1)]
    public void What_a_training_fails_of_says_more_than_that_it_was_cancelled_too(int threads, int epochBefore)
    {
        using var source = new CancellationTokenSource();
        WatchedCost cost = FailingBesideTheEvaluation(threads, epochBefore, source.Cancel);
        Assert.Throws<InvalidOperationException>(() => StochasticGradientDescent.Train(
            WatchedCost.Training, WatchedCost.Validation, WatchedCost.Options with { Cost = cost, Threads = threads }, null, source.Token));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void What_fails_after_the_epoch_whose_report_ends_the_training_does_not_count(int threads)
    {
        using var source = new CancellationTokenSource();
        WatchedCost cost = FailingBesideTheEvaluation(threads, epochBefore: 0);
        TrainingResult result = StochasticGradientDescent.Train(
            WatchedCost.Training, WatchedCost.Validation, WatchedCost.Options with { Cost = cost, Threads = threads }, new Teller<EpochReport>(_ => source.Cancel()), source.Token);
        Assert.True(result.WasCancelled);
        Assert.Equal(AfterOneEpoch(), Parameters.Flatten(result.Network));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void What_is_thrown_by_who_is_told_says_more_than_what_fails_after_that_epoch(int threads)
    {
        WatchedCost cost = FailingBesideTheEvaluation(threads, epochBefore: 0);
        var exception = Assert.Throws<OperationCanceledException>(
            () => WatchedCost.Train(WatchedCost.Options with { Cost = cost, Threads = threads }, _ => throw new OperationCanceledException("mine")));
        Assert.Equal("mine", exception.Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void A_training_that_is_over_cannot_be_cancelled_by_its_last_report(int threads)
    {
        using var source = new CancellationTokenSource();
        var progress = new Teller<EpochReport>(report =>
        {
            if (report.Epoch == WatchedCost.Options.Epochs - 1)
                source.Cancel();
        });
        TrainingResult result = StochasticGradientDescent.Train(
            WatchedCost.Training, WatchedCost.Validation, WatchedCost.Options with { Threads = threads }, progress, source.Token);
        Assert.False(result.WasCancelled);
        Assert.Equal(WatchedCost.Options.Epochs, result.History.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void An_evaluation_that_fails_ends_the_training_and_none_of_its_exceptions_is_lost(int threads)
    {
        string mark = $"broken {Guid.NewGuid()}";
        int lost = 0;
        void Note(object? sender, UnobservedTaskExceptionEventArgs e) => lost += e.Exception.ToString().Contains(mark, StringComparison.Ordinal) ? 1 : 0;
        var cost = new WatchedCost { Evaluating = _ => throw new InvalidOperationException(mark) };
        TaskScheduler.UnobservedTaskException += Note;
        try
        {
            var exception = Assert.Throws<AggregateException>(() => WatchedCost.Train(WatchedCost.Options with { Cost = cost, Threads = threads }));
            Assert.All(exception.InnerExceptions, inner => Assert.Equal(mark, inner.Message));
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Note;
        }

        Assert.Equal(0, lost);
        Assert.InRange(cost.Learnt, WatchedCost.Training.Count, 2 * WatchedCost.Training.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void What_is_thrown_by_who_is_told_comes_to_the_caller_even_if_it_looks_like_a_cancellation(int threads)
    {
        using var source = new CancellationTokenSource();
        var progress = new Teller<EpochReport>(report =>
        {
            if (report.Epoch == 1)
                throw new OperationCanceledException("mine");
        });
        var exception = Assert.Throws<OperationCanceledException>(() => StochasticGradientDescent.Train(
            WatchedCost.Training, WatchedCost.Validation, WatchedCost.Options with { Threads = threads }, progress, source.Token));
        Assert.Equal("mine", exception.Message);
    }

    // With threads to spare, that evaluation lasts until the training has failed.
    private static WatchedCost FailingBesideTheEvaluation(int threads, int epochBefore, Action? beforeFailing = null)
    {
        var hasFailed = new ManualResetEventSlim(initialState: threads == 1);
        return new WatchedCost
        {
            Evaluating = call => Assert.True(call <= epochBefore * WatchedCost.Validation.Count || hasFailed.Wait(WatchedCost.Limit)),
            CostAfter = learnt =>
            {
                if (learnt <= (epochBefore + 1) * WatchedCost.Training.Count)
                    return 0;
                beforeFailing?.Invoke();
                hasFailed.Set();
                throw new InvalidOperationException("broken");
            },
        };
    }

    private static double[] AfterOneEpoch() =>
        [.. Parameters.Flatten(StochasticGradientDescent.Train(WatchedCost.Training, null, WatchedCost.Options with { Epochs = 1, Threads = 1 }).Network)];
}
