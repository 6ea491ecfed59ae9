using Microsoft.ML;
using Microsoft.ML.Data;

namespace NeuralDigits.ML.Tests;

public sealed class RefusedInputTests
{
    private readonly MLContext _mlContext = new(1);

    private SigmoidMlpTrainer Trainer => Animals.Trainer(_mlContext, epochs: 1);

    [Fact]
    public void A_missing_column_is_refused_with_those_that_are_there()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(Animals.Rows());

        Refusal.Holds(Trainer, data, "There is no label column 'Label'. The columns are: Features, Kind.");
    }

    [Fact]
    public void Features_that_are_not_numbers_of_single_precision_are_refused()
    {
        IDataView data = Labelled([new DoubleFeatures { Features = [1, 2], Kind = "cat" }]);

        Refusal.Holds(Trainer, data, "'Features' is of type Vector<Double, 2>", "expected a vector of Single", "ConvertType");
    }

    [Fact]
    public void A_single_feature_is_refused_with_the_transform_to_add()
    {
        IDataView data = Labelled([new OneFeature { Features = 1, Kind = "cat" }]);

        Refusal.Holds(Trainer, data, "'Features' is of type Single", "Transforms.Concatenate(\"Features\", ...)");
    }

    [Fact]
    public void Features_of_unknown_size_are_refused()
    {
        IDataView data = Labelled([new AnySize { Features = [1, 2], Kind = "cat" }]);

        Refusal.Holds(Trainer, data, "'Features' is a vector of unknown size");
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    [InlineData(float.NegativeInfinity, "-Infinity")]
    public void A_feature_that_is_not_finite_is_refused_with_its_place(float value, string text)
    {
        List<Animal> rows = Animals.Rows(30);
        rows[17].Features[2] = value;

        var exception = Assert.Throws<InvalidDataException>(() => Trainer.Fit(Labelled(rows)));

        Assert.StartsWith(
            $"Row 17: value 2 of the column 'Features' is {text}; features are finite numbers.",
            exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_feature_that_has_a_name_is_refused_with_it()
    {
        IDataView data = Labelled(
            [new Person { Height = 1.8f, Age = float.NaN, Kind = "cat" }, new Person { Height = 1.7f, Age = 0.4f, Kind = "dog" }]);
        var features = _mlContext.Transforms.Concatenate("Features", "Height", "Age");

        var exception = Assert.Throws<InvalidDataException>(() => features.Append(Trainer).Fit(data));

        Assert.StartsWith("Row 0: value 1 (Age) of the column 'Features' is NaN; ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_validation_set_is_checked_like_the_training_set()
    {
        List<Animal> rows = Animals.Rows(30);
        IDataView training = Labelled(rows);
        List<Animal> others = Animals.Rows(30, seed: 2);
        others[3].Features[0] = float.NaN;

        var notFinite = Assert.Throws<InvalidDataException>(() => Trainer.Fit(training, Labelled(others)));
        var noLabel = Assert.Throws<ArgumentException>(() => Trainer.Fit(training, _mlContext.Data.LoadFromEnumerable(rows)));

        Assert.StartsWith("Row 3: value 0", notFinite.Message, StringComparison.Ordinal);
        Assert.StartsWith("There is no label column", noLabel.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_validation_set_with_other_keys_is_refused()
    {
        List<Animal> rows = Animals.Rows(30);

        var exception = Assert.Throws<ArgumentException>(() => Trainer.Fit(Labelled(rows), Labelled([.. rows.Skip(1)])));

        Assert.StartsWith(
            "The keys of the column 'Label' stand for [dog, owl, cat] in the validation set, but for [cat, dog, owl] in the training set.",
            exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_validation_set_of_another_width_is_refused()
    {
        IDataView wider = Labelled(Animals.Rows(30).Select(row => new WideAnimal { Features = [.. row.Features, 0], Kind = row.Kind }));

        var exception = Assert.Throws<ArgumentException>(() => Trainer.Fit(Labelled(Animals.Rows(30)), wider));

        Assert.Contains("has 5 values, that of the training set 4", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_without_any_label_is_refused()
    {
        var keys = _mlContext.Transforms.Conversion.MapValueToKey("Label", "Kind").Fit(_mlContext.Data.LoadFromEnumerable(Animals.Rows()));
        IDataView strangers = _mlContext.Data.LoadFromEnumerable([new Animal { Features = [1, 2, 3, 4], Kind = "unicorn" }]);

        var exception = Assert.Throws<InvalidDataException>(() => Trainer.Fit(keys.Transform(strangers)));

        Assert.Equal("None of the 1 training rows has a label in the column 'Label'.", exception.Message);
    }

    [Fact]
    public void Data_without_any_row_is_refused()
    {
        IDataView none = _mlContext.Data.FilterRowsByColumn(
            _mlContext.Data.LoadFromEnumerable([new NumberedRow { Features = [1, 2], Label = 1, Number = 1 }]), "Number", lowerBound: 2);

        Assert.Equal("There are no training rows.", Assert.Throws<InvalidDataException>(() => Trainer.Fit(none)).Message);
    }

    [Fact]
    public void Rows_that_are_all_of_one_class_are_refused()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(
            [new NumberedRow { Features = [1, 2], Label = 2 }, new NumberedRow { Features = [2, 2], Label = 2 }]);

        Assert.Equal(
            "All 2 training rows are of the class '2'; expected rows of at least two classes.",
            Assert.Throws<InvalidDataException>(() => Trainer.Fit(data)).Message);
    }

    private IDataView Labelled<TRow>(IEnumerable<TRow> rows)
        where TRow : class =>
        Animals.WithLabel(_mlContext, _mlContext.Data.LoadFromEnumerable(rows));

    private sealed class Person
    {
        public float Height { get; init; }

        public float Age { get; init; }

        public string Kind { get; init; } = "";
    }

    private sealed class DoubleFeatures
    {
        [VectorType(2)]
        public double[] Features { get; init; } = [];

        public string Kind { get; init; } = "";
    }

    private sealed class OneFeature
    {
        public float Features { get; init; }

        public string Kind { get; init; } = "";
    }

    private sealed class AnySize
    {
        public float[] Features { get; init; } = [];

        public string Kind { get; init; } = "";
    }

    private sealed class WideAnimal
    {
        [VectorType(5)]
        public float[] Features { get; init; } = [];

        public string Kind { get; init; } = "";
    }
}
