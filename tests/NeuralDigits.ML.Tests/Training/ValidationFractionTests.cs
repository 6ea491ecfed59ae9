using Microsoft.ML;

namespace NeuralDigits.ML.Tests;

public sealed class ValidationFractionTests
{
    private readonly MLContext _mlContext = new(1);

    [Theory]
    [InlineData(0.2, 30)]
    [InlineData(0.001, 1)]
    [InlineData(0.9, 135)]
    public void The_share_of_the_labelled_rows_is_set_aside_and_at_least_one(double fraction, int expected) =>
        Assert.All(Fit(fraction, seed: 1).History, epoch => Assert.Equal(expected, epoch.ValidationCount));

    [Fact]
    public void At_least_one_row_is_left_to_learn_from_which_may_be_too_few()
    {
        var exception = Assert.Throws<InvalidDataException>(() => Fit(0.9999, seed: 1));

        Assert.StartsWith("All 1 training rows are of the class", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_set_aside_are_not_learnt_from() =>
        Assert.NotEqual(ModelFile.Write(Fit(0, seed: 1).ToModel()), ModelFile.Write(Fit(0.2, seed: 1).ToModel()));

    [Fact]
    public void The_seed_decides_which()
    {
        byte[] first = ModelFile.Write(Fit(0.5, seed: 1).ToModel());

        Assert.Equal(first, ModelFile.Write(Fit(0.5, seed: 1).ToModel()));
        Assert.NotEqual(first, ModelFile.Write(Fit(0.5, seed: 2).ToModel()));
    }

    [Fact]
    public void It_is_the_same_as_splitting_before_with_that_seed()
    {
        List<Animal> rows = Animals.Rows();
        int[] order = [.. Enumerable.Range(0, rows.Count)];
        new RandomGenerator(1, (ulong)RandomPurpose.Splitting).Shuffle(order);
        var keys = _mlContext.Transforms.Conversion.MapValueToKey("Label", "Kind").Fit(_mlContext.Data.LoadFromEnumerable(rows));
        IDataView Part(IEnumerable<int> part) =>
            keys.Transform(_mlContext.Data.LoadFromEnumerable(part.Order().Select(row => rows[row])));

        SigmoidMlpTransformer split = Trainer(0, seed: 1).Fit(Part(order.Skip(30)), Part(order.Take(30)));

        Assert.Equal(ModelFile.Write(split.Model.ToModel()), ModelFile.Write(Fit(0.2, seed: 1).ToModel()));
        Assert.Equal(split.Model.History, Fit(0.2, seed: 1).History);
    }

    [Fact]
    public void A_validation_set_that_is_given_is_used_instead()
    {
        IDataView data = Animals.Labelled(_mlContext);

        SigmoidMlpTransformer model = Trainer(0.2, seed: 1).Fit(data, _mlContext.Data.TakeRows(data, 60));

        Assert.Equal(60, model.Model.History[0].ValidationCount);
        Assert.Equal(ModelFile.Write(Fit(0, seed: 1).ToModel()), ModelFile.Write(model.Model.ToModel()));
    }

    [Fact]
    public void Images_stay_bytes_and_give_the_same_network_as_any_rows()
    {
        IDataView images = _mlContext.Data.LoadFromImages(SmallImages.Make(200));

        TrainingSets sets = Split(images);
        SigmoidMlpTransformer model = Trainer(0.2, seed: 1).Fit(images);

        Assert.IsType<ImageExamples>(sets.Training);
        Assert.IsType<ImageExamples>(sets.Validation);
        Assert.Equal(SavedBytes.Of(Trainer(0.2, seed: 1).Fit(_mlContext.Data.Cache(images))), SavedBytes.Of(model));
        Assert.Equal(40, model.Model.History[0].ValidationCount);
    }

    [Fact]
    public void A_single_row_cannot_be_shared_out()
    {
        IDataView data = _mlContext.Data.TakeRows(Animals.Labelled(_mlContext), 1);

        var exception = Assert.Throws<InvalidDataException>(() => Trainer(0.5, seed: 1).Fit(data));

        Assert.Contains("there must be at least two", exception.Message, StringComparison.Ordinal);
    }

    private static TrainingSets Split(IDataView data) => TrainingSets.Read(
        data,
        TrainingColumns.Find(data.Schema, "Label", "Features", weightName: null),
        fraction: 0.2,
        seed: 1,
        RecordedChannel.Create().Channel,
        CancellationToken.None);

    private SigmoidMlpModelParameters Fit(double fraction, int seed) => Trainer(fraction, seed).Fit(Animals.Labelled(_mlContext)).Model;

    private SigmoidMlpTrainer Trainer(double fraction, int seed) => _mlContext.MulticlassClassification.Trainers.SigmoidMlp(
        new SigmoidMlpTrainer.Options { HiddenLayers = [4], Epochs = 2, Seed = seed, ValidationFraction = fraction });
}
