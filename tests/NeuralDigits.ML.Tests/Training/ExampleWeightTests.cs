using Microsoft.ML;
using Microsoft.ML.Data;

namespace NeuralDigits.ML.Tests;

public sealed class ExampleWeightTests
{
    private readonly MLContext _mlContext = new(1);

    [Fact]
    public void Rows_of_weight_1_train_the_network_that_rows_without_weight_train() =>
        Assert.Equal(Train(Animals.Labelled(_mlContext), weightColumn: null), Train(Weighted(_ => 1), "Weight"));

    [Fact]
    public void Weights_change_the_network()
    {
        byte[] alike = Train(Weighted(_ => 1), "Weight");

        Assert.NotEqual(alike, Train(Weighted(row => row % 3 == 0 ? 0.5f : 1), "Weight"));
    }

    [Fact]
    public void Sparse_rows_weigh_what_dense_rows_weigh()
    {
        Func<int, float> weight = row => row % 3 == 0 ? 0.5f : 1;

        IDataView dense = Labelled(Animals.RowsWithZeros().Select((animal, row) =>
            new WeightedAnimal { Features = animal.Features, Kind = animal.Kind, Weight = weight(row) }));
        IDataView sparse = Labelled(Animals.RowsWithZeros().Select((animal, row) =>
            new WeightedSparseAnimal { Features = Animals.Sparse(animal.Features), Kind = animal.Kind, Weight = weight(row) }));

        Assert.Equal(Train(dense, "Weight"), Train(sparse, "Weight"));
    }

    [Fact]
    public void A_class_of_weight_0_is_not_learnt()
    {
        IDataView data = Weighted(row => row % 3 == 0 ? 0 : 1);

        IDataView scored = Trainer("Weight").Fit(data).Transform(data);

        Assert.DoesNotContain(1u, scored.GetColumn<uint>("PredictedLabel"));
    }

    [Fact]
    public void The_short_form_takes_the_name_of_the_column()
    {
        IDataView data = Weighted(row => row % 3 == 0 ? 0 : 1);

        SigmoidMlpTransformer model = _mlContext.MulticlassClassification.Trainers
            .SigmoidMlp("Label", "Features", "Weight", hiddenNeurons: 6, epochs: 10).Fit(data);

        Assert.DoesNotContain(1u, model.Transform(data).GetColumn<uint>("PredictedLabel"));
    }

    [Fact]
    public void The_estimator_holds_to_the_rules_of_ML_NET_with_weights()
    {
        IDataView invalid = _mlContext.Data.LoadFromEnumerable([new { Features = 1f, Label = "cat" }]);

        EstimatorCheck.Holds(_mlContext, Trainer("Weight"), Weighted(row => row % 2), invalid);
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(-1f, "-1")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    public void A_weight_that_is_not_a_finite_number_from_0_is_refused_with_its_row(float weight, string text)
    {
        var exception = Assert.Throws<InvalidDataException>(() => Trainer("Weight").Fit(Weighted(row => row == 41 ? weight : 1)));

        Assert.Equal($"Row 41: the weight in the column 'Weight' is {text}; expected a finite number from 0.", exception.Message);
    }

    [Fact]
    public void Weights_that_are_all_0_are_refused_with_their_column()
    {
        var exception = Assert.Throws<InvalidDataException>(() => Trainer("Weight").Fit(Weighted(_ => 0)));

        Assert.Equal(
            "All 150 training rows have the weight 0 in the column 'Weight'; expected rows of at least two classes with a weight above 0.",
            exception.Message);
    }

    [Fact]
    public void Rows_with_a_weight_that_are_all_set_aside_to_validate_with_leave_none_to_learn_from()
    {
        // Seed 5 sets this row aside.
        int[] order = [.. Enumerable.Range(0, 150)];
        new RandomGenerator(5, (ulong)RandomPurpose.Splitting).Shuffle(order);
        SigmoidMlpTrainer trainer = _mlContext.MulticlassClassification.Trainers.SigmoidMlp(
            new SigmoidMlpTrainer.Options { ExampleWeightColumnName = "Weight", ValidationFraction = 0.1, Seed = 5 });

        var exception = Assert.Throws<InvalidDataException>(() => trainer.Fit(Weighted(row => row == order[0] ? 1 : 0)));

        Assert.StartsWith(
            "All 135 training rows, those to validate with not counted, have the weight 0 in the column 'Weight'", exception.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_with_a_weight_that_are_all_of_one_class_are_refused()
    {
        var exception = Assert.Throws<InvalidDataException>(() => Trainer("Weight").Fit(Weighted(row => row % 3 == 1 ? 1 : 0)));

        Assert.Equal(
            "All 50 training rows with a weight above 0 in the column 'Weight' are of the class 'dog'; expected rows of at least two classes.",
            exception.Message);
    }

    [Fact]
    public void A_class_whose_rows_weigh_nothing_is_warned_of()
    {
        var log = new TrainerLog(_mlContext);

        Trainer("Weight").Fit(Weighted(row => row % 3 == 0 ? 0 : 1));

        Assert.Equal(
            "Warning: No training row with a weight above 0 in the column 'Weight' is of these classes, which the network will learn never " +
            "to predict: cat.",
            log.Warnings.First());
    }

    [Fact]
    public void A_missing_weight_column_is_refused_by_data_and_by_schema()
    {
        IDataView data = Animals.Labelled(_mlContext);

        string byData = Assert.Throws<ArgumentException>(() => Trainer("Weight").Fit(data)).Message;
        string bySchema = Assert.Throws<ArgumentException>(
            () => Trainer("Weight").GetOutputSchema(EstimatorCheck.ShapeOf(data.Schema))).Message;

        Assert.StartsWith("There is no example weight column 'Weight'. The columns are: Features, Kind, Label.", byData, StringComparison.Ordinal);
        Assert.Equal(byData, bySchema);
    }

    [Fact]
    public void A_weight_column_of_another_type_is_refused_with_the_transform_to_add()
    {
        IDataView data = Animals.Labelled(_mlContext);

        string byData = Assert.Throws<ArgumentException>(() => Trainer("Kind").Fit(data)).Message;
        string bySchema = Assert.Throws<ArgumentException>(
            () => Trainer("Kind").GetOutputSchema(EstimatorCheck.ShapeOf(data.Schema))).Message;

        Assert.Equal(
            "The example weight column 'Kind' is of type String; expected Single. " +
            "Add Transforms.Conversion.ConvertType(\"Kind\") before the trainer.",
            byData);
        Assert.Equal(byData, bySchema);
    }

    [Fact]
    public void A_validation_set_needs_no_weights()
    {
        SigmoidMlpTransformer model = Trainer("Weight").Fit(Weighted(_ => 1), Animals.Labelled(_mlContext, seed: 2));

        Assert.Equal(150, model.Model.History[^1].ValidationCount);
    }

    private SigmoidMlpTrainer Trainer(string? weightColumn) => _mlContext.MulticlassClassification.Trainers.SigmoidMlp(
        new SigmoidMlpTrainer.Options { ExampleWeightColumnName = weightColumn, HiddenLayers = [6], Epochs = 10, Seed = 5 });

    private byte[] Train(IDataView data, string? weightColumn) => SavedBytes.Of(Trainer(weightColumn).Fit(data));

    private IDataView Weighted(Func<int, float> weight) => Labelled(Animals.Rows().Select((animal, row) =>
        new WeightedAnimal { Features = animal.Features, Kind = animal.Kind, Weight = weight(row) }));

    private IDataView Labelled<TRow>(IEnumerable<TRow> rows)
        where TRow : class =>
        Animals.WithLabel(_mlContext, _mlContext.Data.LoadFromEnumerable(rows));

    private sealed class WeightedSparseAnimal
    {
        [VectorType(4)]
        public VBuffer<float> Features { get; init; }

        public string Kind { get; init; } = "";

        public float Weight { get; init; }
    }

    private sealed class WeightedAnimal
    {
        [VectorType(4)]
        public float[] Features { get; init; } = [];

        public string Kind { get; init; } = "";

        public float Weight { get; init; }
    }
}
