using System.Globalization;
using Microsoft.ML;

namespace NeuralDigits.ML.Tests;

public sealed class TrainingProgressTests
{
    private readonly MLContext _mlContext = new(1);
    private readonly TrainerLog _log;

    public TrainingProgressTests() => _log = new TrainerLog(_mlContext);

    private List<string> Log => _log.Lines;

    [Fact]
    public void The_log_has_a_line_for_each_epoch()
    {
        Animals.Trainer(_mlContext, epochs: 3).Fit(Animals.Labelled(_mlContext));

        Assert.Equal(4, Log.Count);
        Assert.Equal("Info: Training on 150 rows of 4 features in 3 classes, seed 5", Log[0]);
        Assert.Matches(@"^Info: Epoch 1 of 3: training cost 0\.\d{6}, \d+\.\d s$", Log[1]);
        Assert.Matches(@"^Info: Epoch 3 of 3: training cost 0\.\d{6}, \d+\.\d s$", Log[3]);
    }

    [Fact]
    public void With_a_validation_set_the_log_tells_how_the_network_does_on_it()
    {
        IDataView data = Animals.Labelled(_mlContext);

        Animals.Trainer(_mlContext, epochs: 8).Fit(data, _mlContext.Data.TakeRows(data, 60));

        Assert.Matches(@"^Info: Epoch 8 of 8: training cost 0\.\d{6}, 60 of 60 correct in validation \(100\.00 %\), \d+\.\d s$", Log[^1]);
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
    public void Rows_without_a_label_are_skipped_and_counted_in_the_log()
    {
        var keys = _mlContext.Transforms.Conversion.MapValueToKey("Label", "Kind").Fit(_mlContext.Data.LoadFromEnumerable(Animals.Rows()));
        List<Animal> rows = Animals.Rows();
        IDataView Keyed(IEnumerable<Animal> animals) => keys.Transform(_mlContext.Data.LoadFromEnumerable(animals));
        IEnumerable<Animal> withStrangers = rows.SelectMany((row, i) =>
            i % 50 == 0 ? [new Animal { Features = [float.NaN, 0, 0, 0], Kind = "unicorn" }, row] : new[] { row });

        Model with = Animals.Trainer(_mlContext, epochs: 2).Fit(Keyed(withStrangers)).Model.ToModel();
        Model without = Animals.Trainer(_mlContext, epochs: 2).Fit(Keyed(rows)).Model.ToModel();

        Assert.Contains("Warning: Skipped 3 of 153 training rows: they have no label.", Log);
        Assert.Equal(ModelFile.Write(without), ModelFile.Write(with));
    }

    [Fact]
    public void A_cost_that_is_no_number_stops_the_training_with_advice()
    {
        // The first step sends one weight to infinity and the other to minus infinity; the second row adds the two.
        IDataView data = Animals.WithLabel(_mlContext, _mlContext.Data.LoadFromEnumerable(
            [new Animal { Features = [50, -50, 0, 0], Kind = "cat" }, new Animal { Features = [50, 50, 0, 0], Kind = "dog" }]));
        var zeros = new Network([new Layer(4, 2, new float[8], new float[2])]);
        SigmoidMlpModelParameters start = new SigmoidMlpTransformer(new Model(zeros, ["cat", "dog"], Model.NoScaling)).Model;
        var trainer = _mlContext.MulticlassClassification.Trainers.SigmoidMlp(
            new SigmoidMlpTrainer.Options { HiddenLayers = [], MiniBatchSize = 1, LearningRate = float.MaxValue });

        var exception = Assert.Throws<TrainingDivergedException>(() => trainer.Fit(data, start));

        Assert.Contains("Lower the learning rate", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Features_a_hundred_times_too_large_are_warned_of_once()
    {
        List<Animal> rows = Animals.Rows();
        rows[7].Features[2] = 255;
        rows[9].Features[1] = -1000;

        Animals.Trainer(_mlContext, epochs: 1).Fit(Animals.WithLabel(_mlContext, _mlContext.Data.LoadFromEnumerable(rows)));

        string warning = Assert.Single(_log.Warnings, line => line.Contains("Row", StringComparison.Ordinal));
        Assert.Equal(
            "Warning: Row 7: value 2 of the column 'Features' is 255. Features should lie near the range from 0 to 1: far outside, neurons " +
            "saturate and hardly learn. Add Transforms.NormalizeMinMax(\"Features\") before the trainer.",
            warning);
    }

    [Fact]
    public void A_class_without_rows_is_warned_of()
    {
        var keys = _mlContext.Transforms.Conversion.MapValueToKey("Label", "Kind").Fit(_mlContext.Data.LoadFromEnumerable(Animals.Rows()));
        IDataView data = keys.Transform(_mlContext.Data.LoadFromEnumerable(Animals.Rows().Where(row => row.Kind != "dog")));

        Animals.Trainer(_mlContext).Fit(data);

        Assert.Contains("Warning: No training row is of these classes, which the network will learn never to predict: dog.", _log.Warnings);
    }

    [Fact]
    public void An_output_that_did_not_win_a_single_row_is_warned_of()
    {
        IEnumerable<Animal> rows = Animals.Rows(300).Where((row, i) => row.Kind != "owl" || i < 6)
            .Select(row => row.Kind != "owl" ? row : new Animal { Features = [0.9f, 0.3f, 0.3f, 0.2f], Kind = "owl" });

        Animals.Trainer(_mlContext, epochs: 2).Fit(Animals.WithLabel(_mlContext, _mlContext.Data.LoadFromEnumerable(rows)));

        Assert.StartsWith(
            "Warning: These outputs did not win a single row of the training set: owl.", _log.Warnings.Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(1e38f)]
    public void A_learning_rate_at_which_nothing_is_learnt_is_warned_of(float learningRate)
    {
        SigmoidMlpTrainer.Options options = Animals.Options();
        options.LearningRate = learningRate;

        SigmoidMlpTransformer model = _mlContext.MulticlassClassification.Trainers.SigmoidMlp(options).Fit(Animals.Labelled(_mlContext));

        string warning = _log.Warnings.First();
        Assert.StartsWith("Warning: The network learnt little or nothing: its training cost was ", warning, StringComparison.Ordinal);
        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"and 0.333333 takes no more than to put out how often each class occurs. Lower the learning rate, which is {learningRate};"),
            warning,
            StringComparison.Ordinal);
        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"{model.Model.History[^1].TrainingCost:F6} in the last"), warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_warned_of_where_all_is_well()
    {
        Animals.Trainer(_mlContext).Fit(Animals.Labelled(_mlContext));

        Assert.Empty(_log.Warnings);
    }
}
