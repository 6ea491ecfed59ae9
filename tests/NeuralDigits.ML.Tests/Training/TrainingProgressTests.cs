using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace NeuralDigits.ML.Tests;

public sealed class TrainingProgressTests
{
    private readonly MLContext _mlContext = new(1);
    private readonly List<string> _log = [];

    public TrainingProgressTests()
    {
        _mlContext.Log += (_, entry) =>
        {
            bool isOurs = entry.Source.StartsWith(nameof(SigmoidMlpTrainer), StringComparison.Ordinal);
            if (isOurs && entry.Kind != ChannelMessageKind.Trace)
                _log.Add($"{entry.Kind}: {entry.RawMessage}");
        };
    }

    [Fact]
    public void The_log_has_a_line_for_each_epoch()
    {
        Animals.Trainer(_mlContext, epochs: 3).Fit(Animals.Labelled(_mlContext));

        Assert.Equal(4, _log.Count);
        Assert.Equal("Info: Training on 150 rows of 4 features in 3 classes, seed 5", _log[0]);
        Assert.Matches(@"^Info: Epoch 1 of 3: training cost 0\.\d{6}, \d+\.\d s$", _log[1]);
        Assert.Matches(@"^Info: Epoch 3 of 3: training cost 0\.\d{6}, \d+\.\d s$", _log[3]);
    }

    [Fact]
    public void With_a_validation_set_the_log_tells_how_the_network_does_on_it()
    {
        IDataView data = Animals.Labelled(_mlContext);

        Animals.Trainer(_mlContext, epochs: 8).Fit(data, _mlContext.Data.TakeRows(data, 60));

        Assert.Matches(@"^Info: Epoch 8 of 8: training cost 0\.\d{6}, 60 of 60 correct in validation \(100\.00 %\), \d+\.\d s$", _log[^1]);
    }

    [Fact]
    public void A_validation_set_steers_nothing()
    {
        IDataView data = Animals.Labelled(_mlContext);

        SigmoidMlpTransformer with = Animals.Trainer(_mlContext).Fit(data, _mlContext.Data.TakeRows(data, 60));
        SigmoidMlpTransformer without = Animals.Trainer(_mlContext).Fit(data);

        Assert.Equal(ModelFile.Write(without.Model.ToModel()), ModelFile.Write(with.Model.ToModel()));
    }

    [Fact]
    public void Progress_is_told_of_each_epoch()
    {
        var recorder = new Recorder<EpochReport>();
        IDataView data = Animals.Labelled(_mlContext);
        var trainer = _mlContext.MulticlassClassification.Trainers.SigmoidMlp(
            new SigmoidMlpTrainer.Options { HiddenLayers = [], Epochs = 4, Progress = recorder });

        trainer.Fit(data, data);

        Assert.Equal([0, 1, 2, 3], recorder.Reports.Select(report => report.Epoch));
        Assert.All(recorder.Reports, report => Assert.Equal(150, report.Validation!.Count));
        Assert.True(recorder.Reports[3].TrainingCost < recorder.Reports[0].TrainingCost);
    }

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
        Assert.DoesNotContain(_log, line => line.Contains("Training on", StringComparison.Ordinal));
    }

    [Fact]
    public void Rows_without_a_label_are_skipped_and_counted_in_the_log()
    {
        var keys = _mlContext.Transforms.Conversion.MapValueToKey("Label", "Kind").Fit(_mlContext.Data.LoadFromEnumerable(Animals.Rows()));
        List<Animal> rows = Animals.Rows();
        IDataView Keyed(IEnumerable<Animal> animals) => keys.Transform(_mlContext.Data.LoadFromEnumerable(animals));
        IEnumerable<Animal> withStrangers = rows.SelectMany((row, i) =>
            i % 50 == 0 ? [new Animal { Features = [float.NaN, 0, 0, 0], Kind = "unicorn" }, row] : new[] { row });

        Model with = Animals.Trainer(_mlContext, epochs: 2).Fit(Keyed(withStrangers)).Model.ToModel();
        Model without = Animals.Trainer(_mlContext, epochs: 2).Fit(Keyed(rows)).Model.ToModel();

        Assert.Contains("Warning: Skipped 3 of 153 training rows: they have no label.", _log);
        Assert.Equal(ModelFile.Write(without), ModelFile.Write(with));
    }
}
