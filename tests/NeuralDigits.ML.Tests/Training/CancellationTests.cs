using System.Runtime.CompilerServices;
using Microsoft.ML;

namespace NeuralDigits.ML.Tests;

public sealed class CancellationTests
{
    private readonly MLContext _mlContext = new(1);
    private readonly TrainerLog _log;

    public CancellationTests() => _log = new TrainerLog(_mlContext);

    [Fact]
    public void Cancellation_stops_the_training_and_returns_the_best_network_so_far()
    {
        using var source = new CancellationTokenSource();
        var recorder = new Recorder<EpochReport>(report =>
        {
            if (report.Epoch == 1)
                source.Cancel();
        });
        var trainer = _mlContext.MulticlassClassification.Trainers.SigmoidMlp(
            new SigmoidMlpTrainer.Options { HiddenLayers = [], Epochs = 1000, Progress = recorder, Cancellation = source.Token });

        Assert.Equal(3, trainer.Fit(Animals.Labelled(_mlContext)).Model.Network.OutputCount);
        Assert.Equal(2, recorder.Reports.Count);
    }

    [Fact]
    public void Cancellation_throws_when_asked_to()
    {
        using var source = new CancellationTokenSource();
        var recorder = new Recorder<EpochReport>(report =>
        {
            if (report.Epoch == 1)
                source.Cancel();
        });
        var trainer = _mlContext.MulticlassClassification.Trainers.SigmoidMlp(
            new SigmoidMlpTrainer.Options
            {
                HiddenLayers = [],
                Epochs = 1000,
                Progress = recorder,
                Cancellation = source.Token,
                ThrowOnCancellation = true,
            });

        Assert.Throws<OperationCanceledException>(() => trainer.Fit(Animals.Labelled(_mlContext)));
        Assert.Equal(2, recorder.Reports.Count);
    }

    [Fact]
    public void Cancellation_stops_the_reading_too()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var options = new SigmoidMlpTrainer.Options { Cancellation = source.Token };
        SigmoidMlpTrainer trainer = _mlContext.MulticlassClassification.Trainers.SigmoidMlp(options);

        Assert.Throws<OperationCanceledException>(() => trainer.Fit(Animals.Labelled(_mlContext)));
        Assert.DoesNotContain(_log.Lines, line => line.Contains("Training on", StringComparison.Ordinal));
    }

    [Fact]
    public void ML_NETs_own_cancellation_stops_the_training_like_the_token_does()
    {
        var recorder = new Recorder<EpochReport>(report =>
        {
            if (report.Epoch == 1)
                CancelExecution(_mlContext);
        });
        var trainer = _mlContext.MulticlassClassification.Trainers.SigmoidMlp(
            new SigmoidMlpTrainer.Options { HiddenLayers = [], Epochs = 10_000_000, Progress = recorder });

        SigmoidMlpModelParameters model = trainer.Fit(Animals.Labelled(_mlContext)).Model;

        Assert.InRange(model.History.Count, 2, 9_999_999);
        Assert.Equal($"Warning: Cancelled: the network is that of epoch {model.Epoch + 1}, the best so far.", _log.Lines[^1]);
        Assert.Equal(model.History.MinBy(epoch => epoch.TrainingCost)!.Epoch, model.Epoch);
    }

    [Fact]
    public void ML_NETs_own_cancellation_stops_the_reading_too()
    {
        IEnumerable<Animal> rows = Enumerable.Range(0, int.MaxValue).Select(row =>
        {
            if (row == 1000)
                CancelExecution(_mlContext);
            return Animals.Rows(3)[row % 3];
        });
        var keys = _mlContext.Transforms.Conversion.MapValueToKey("Label", "Kind").Fit(_mlContext.Data.LoadFromEnumerable(Animals.Rows()));
        IDataView data = keys.Transform(_mlContext.Data.LoadFromEnumerable(rows));

        var exception = Assert.Throws<OperationCanceledException>(() => Animals.Trainer(_mlContext).Fit(data));

        Assert.Equal("The training was cancelled by MLContext.CancelExecution.", exception.Message);
    }

    [Fact]
    public async Task A_task_whose_token_cancels_the_training_is_cancelled_and_not_failed()
    {
        using var source = new CancellationTokenSource();
        SigmoidMlpTrainer trainer = _mlContext.MulticlassClassification.Trainers.SigmoidMlp(new SigmoidMlpTrainer.Options
        {
            Epochs = 1_000_000,
            Progress = new Recorder<EpochReport>(_ => source.Cancel()),
            Cancellation = source.Token,
            ThrowOnCancellation = true,
        });
        Task fit = Task.Run(() => trainer.Fit(Animals.Labelled(_mlContext)), source.Token);

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fit);

        Assert.True(fit.IsCanceled);
        Assert.Equal(source.Token, exception.CancellationToken);
        Assert.Equal("The training was cancelled by the token of its option Cancellation.", exception.Message);
    }

    [Fact]
    public void A_cancelled_training_is_not_evaluated_on_its_training_set()
    {
        using var source = new CancellationTokenSource();
        SigmoidMlpTransformer model = FitWithAnIdleOutput(epochs: 100, source, cancelIn: 0);

        Assert.Equal(["Warning: Cancelled: the network is that of epoch 1, the best so far."], _log.Warnings);
        Assert.Single(model.Model.History);
    }

    [Fact]
    public void A_training_cancelled_when_its_last_epoch_is_over_returns_its_network()
    {
        using var source = new CancellationTokenSource();
        SigmoidMlpTransformer model = FitWithAnIdleOutput(epochs: 2, source, cancelIn: 1);

        Assert.Empty(_log.Warnings);
        Assert.Equal(1, model.Model.Epoch);
    }

    // Without the cancellation there is a warning of the outputs that win no row.
    private SigmoidMlpTransformer FitWithAnIdleOutput(int epochs, CancellationTokenSource source, int cancelIn)
    {
        IEnumerable<Animal> rows = Animals.Rows(300).Where((row, i) => row.Kind != "owl" || i < 6)
            .Select(row => row.Kind != "owl" ? row : new Animal { Features = [0.9f, 0.3f, 0.3f, 0.2f], Kind = "owl" });
        return _mlContext.MulticlassClassification.Trainers.SigmoidMlp(new SigmoidMlpTrainer.Options
        {
            HiddenLayers = [6],
            Epochs = epochs,
            Seed = 5,
            Cancellation = source.Token,
            Progress = new Recorder<EpochReport>(report =>
            {
                if (report.Epoch == cancelIn)
                    source.Cancel();
            }),
        }).Fit(Animals.WithLabel(_mlContext, _mlContext.Data.LoadFromEnumerable(rows)));
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method)]
    private static extern void CancelExecution(MLContext mlContext);
}
