using Microsoft.ML;
using Microsoft.ML.Data;

namespace NeuralDigits.ML.Tests;

public sealed class RefusedInputTests
{
    private readonly MLContext _mlContext = new(1);

    private SigmoidMlpTrainer Trainer => Animals.Trainer(_mlContext, epochs: 1);

    [Fact]
    public void A_label_that_is_not_a_key_is_refused_with_the_transform_to_add()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable([new TextLabel { Features = [1, 2, 3, 4], Label = "cat" }]);

        AssertRefused(data, "'Label' is of type String", "Transforms.Conversion.MapValueToKey(\"Label\")");
    }

    [Fact]
    public void A_key_of_another_width_is_refused_with_advice_that_works()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(
            [new ByteKey { Features = [1, 2, 3, 4], Label = 0 }, new ByteKey { Features = [4, 3, 2, 1], Label = 2 }]);

        AssertRefused(data, "'Label'", "expected a key of UInt32", "ConvertType(\"Label\", outputKind: DataKind.UInt32).Fit(data).Transform(data)");

        IDataView converted = _mlContext.Transforms.Conversion.ConvertType("Label", outputKind: DataKind.UInt32).Fit(data).Transform(data);
        Assert.Single(Trainer.GetOutputSchema(EstimatorCheck.ShapeOf(converted.Schema)), column => column.Name == "Score");
        Assert.Equal(3, Trainer.Fit(converted).Model.Labels.Count);
    }

    [Fact]
    public void A_vector_of_keys_is_refused_since_a_row_belongs_to_one_class()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable([new ManyLabels { Features = [1, 2, 3, 4], Kinds = ["cat", "dog"] }]);
        IDataView keys = _mlContext.Transforms.Conversion.MapValueToKey("Label", "Kinds").Fit(data).Transform(data);

        AssertRefused(keys, "'Label'", "expected a single key of UInt32, not a vector");
    }

    [Fact]
    public void A_missing_column_is_refused_with_those_that_are_there()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(Animals.Rows());

        AssertRefused(data, "There is no label column 'Label'. The columns are: Features, Kind.");
    }

    [Fact]
    public void Features_that_are_not_numbers_of_single_precision_are_refused()
    {
        IDataView data = Labelled([new DoubleFeatures { Features = [1, 2], Kind = "cat" }]);

        AssertRefused(data, "'Features' is of type Vector<Double, 2>", "expected a vector of Single", "ConvertType");
    }

    [Fact]
    public void A_single_feature_is_refused_with_the_transform_to_add()
    {
        IDataView data = Labelled([new OneFeature { Features = 1, Kind = "cat" }]);

        AssertRefused(data, "'Features' is of type Single", "Transforms.Concatenate(\"Features\", ...)");
    }

    [Fact]
    public void Features_of_unknown_size_are_refused()
    {
        IDataView data = Labelled([new AnySize { Features = [1, 2], Kind = "cat" }]);

        AssertRefused(data, "'Features' is a vector of unknown size");
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

    [Fact]
    public void A_key_of_one_class_is_refused()
    {
        IDataView data = Labelled(Animals.Rows().Where(row => row.Kind == "cat"));

        Assert.Equal(
            "The label column 'Label' is of type Key<UInt32, 0-0>; expected a key of at least two classes.",
            Assert.Throws<ArgumentException>(() => Trainer.Fit(data)).Message);
    }

    [Fact]
    public void A_key_of_unlimited_range_is_refused_with_the_transform_to_add()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable([new UnlimitedKey { Features = [1, 2], Label = 1 }]);

        string refusal = Assert.Throws<ArgumentException>(() => Trainer.Fit(data)).Message;

        Assert.Contains("expected a key of at most 1048576 classes", refusal, StringComparison.Ordinal);
        Assert.Contains("MapValueToKey", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Key_values_that_are_the_same_are_refused_before_the_training() => AssertNotTrained(
        KeyedBy("cat", "owl", "cat"), "The keys 1 and 3 of the column 'Label' have the same value, 'cat'; expected that all differ.");

    [Fact]
    public void Key_values_that_no_file_can_hold_are_refused_before_the_training()
    {
        AssertNotTrained(
            KeyedBy("cat", "o\ud83dwl"),
            "The value of key 2 of the column 'Label', 'o\ufffdwl', holds U+D83D at position 1, half of a surrogate pair");
        AssertNotTrained(
            KeyedBy("owl\ude00", "cat"),
            "The value of key 1 of the column 'Label', 'owl\ufffd', holds U+DE00 at position 3, half of a surrogate pair");
    }

    [Fact]
    public void Key_values_beyond_the_basic_plane_are_whole_characters_and_saved()
    {
        IDataView data = KeyedBy("\U0001F408", "\U0001F415", "\U0001F989");

        ITransformer loaded = EstimatorCheck.Load(_mlContext, EstimatorCheck.Save(_mlContext, Trainer.Fit(data), data.Schema));

        Assert.Equal(["\U0001F408", "\U0001F415", "\U0001F989"], ((SigmoidMlpTransformer)loaded).Model.Labels);
    }

    [Theory]
    [InlineData(nameof(SigmoidMlpTrainer.Options.Epochs), "Epochs is 0; expected: at least 1.")]
    [InlineData(nameof(SigmoidMlpTrainer.Options.MiniBatchSize), "MiniBatchSize is -1; expected: at least 1.")]
    [InlineData(nameof(SigmoidMlpTrainer.Options.LearningRate), "LearningRate is NaN; expected: positive and finite.")]
    [InlineData(nameof(SigmoidMlpTrainer.Options.HiddenLayers), "HiddenLayers is [3, 0]; expected: sizes of at least 1.")]
    [InlineData(nameof(SigmoidMlpTrainer.Options.Threads), "Threads is 0; expected: at least 1.")]
    [InlineData(nameof(SigmoidMlpTrainer.Options.LabelColumnName), "LabelColumnName is empty; expected: the name of a column.")]
    [InlineData(nameof(SigmoidMlpTrainer.Options.FeatureColumnName), "FeatureColumnName is null; expected: the name of a column.")]
    [InlineData(nameof(SigmoidMlpTrainer.Options.ExampleWeightColumnName), "ExampleWeightColumnName is empty; expected: the name of a column.")]
    [InlineData(nameof(SigmoidMlpTrainer.Options.ValidationFraction), "ValidationFraction is 1; expected: from 0 to less than 1.")]
    public void An_option_outside_its_range_is_refused_with_its_name_value_and_range(string option, string message)
    {
        SigmoidMlpTrainer.Options options = option switch
        {
            nameof(SigmoidMlpTrainer.Options.Epochs) => new() { Epochs = 0 },
            nameof(SigmoidMlpTrainer.Options.MiniBatchSize) => new() { MiniBatchSize = -1 },
            nameof(SigmoidMlpTrainer.Options.LearningRate) => new() { LearningRate = float.NaN },
            nameof(SigmoidMlpTrainer.Options.HiddenLayers) => new() { HiddenLayers = [3, 0] },
            nameof(SigmoidMlpTrainer.Options.Threads) => new() { Threads = 0 },
            nameof(SigmoidMlpTrainer.Options.LabelColumnName) => new() { LabelColumnName = "" },
            nameof(SigmoidMlpTrainer.Options.ExampleWeightColumnName) => new() { ExampleWeightColumnName = "" },
            nameof(SigmoidMlpTrainer.Options.ValidationFraction) => new() { ValidationFraction = 1 },
            _ => new() { FeatureColumnName = null! },
        };

        var exception = Assert.Throws<ArgumentException>(() => _mlContext.MulticlassClassification.Trainers.SigmoidMlp(options));

        Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
        Assert.Equal(option, exception.ParamName);
    }

    [Fact]
    public void Hidden_layers_that_are_null_are_refused_with_what_is_expected()
    {
        var exception = Assert.Throws<ArgumentNullException>(
            () => _mlContext.MulticlassClassification.Trainers.SigmoidMlp(new SigmoidMlpTrainer.Options { HiddenLayers = null! }));

        Assert.StartsWith("HiddenLayers is null; expected: a list of sizes", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_that_is_too_large_is_refused_before_any_row_is_read()
    {
        IEnumerable<NumberedRow> Rows()
        {
            yield return new NumberedRow { Features = [1, 2] };
            Assert.Fail("A row was read.");
        }

        var trainer = _mlContext.MulticlassClassification.Trainers.SigmoidMlp(
            new SigmoidMlpTrainer.Options { HiddenLayers = [30_000, 20_000] });

        var exception = Assert.Throws<ArgumentException>(() => trainer.Fit(_mlContext.Data.LoadFromEnumerable(Rows())));

        Assert.StartsWith(
            "HiddenLayers is [30000, 20000], which with 2 features in the column 'Features' and 3 classes in 'Label' makes a network of " +
            "600170003 weights and biases; expected: at most 500000000.",
            exception.Message,
            StringComparison.Ordinal);
    }

    private IDataView Labelled<TRow>(IEnumerable<TRow> rows)
        where TRow : class =>
        Animals.WithLabel(_mlContext, _mlContext.Data.LoadFromEnumerable(rows));

    private void AssertNotTrained(IDataView data, string message)
    {
        var recorder = new Recorder<EpochReport>();
        SigmoidMlpTrainer trainer = _mlContext.MulticlassClassification.Trainers.SigmoidMlp(new SigmoidMlpTrainer.Options { Progress = recorder });

        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => trainer.Fit(data)).Message, StringComparison.Ordinal);
        Assert.Empty(recorder.Reports);
    }

    // Keys whose values someone else wrote: MapValueToKey would make all of them different.
    private IDataView KeyedBy(params string[] values)
    {
        var names = new VBuffer<ReadOnlyMemory<char>>(values.Length, [.. values.Select(value => value.AsMemory())]);
        SchemaDefinition definition = SchemaDefinition.Create(typeof(NumberedRow));
        definition["Label"].ColumnType = new KeyDataViewType(typeof(uint), values.Length);
        definition["Label"].AddAnnotation(
            AnnotationNames.KeyValues, names, new VectorDataViewType(TextDataViewType.Instance, values.Length));
        return _mlContext.Data.LoadFromEnumerable(
            [new NumberedRow { Features = [1, 2], Label = 1 }, new NumberedRow { Features = [2, 1], Label = 2 }], definition);
    }

    private void AssertRefused(IDataView data, params string[] parts)
    {
        string bySchema = Assert.Throws<ArgumentException>(() => Trainer.GetOutputSchema(EstimatorCheck.ShapeOf(data.Schema))).Message;
        string byData = Assert.Throws<ArgumentException>(() => Trainer.Fit(data)).Message;
        Assert.All(parts, part => Assert.Contains(part, byData, StringComparison.Ordinal));

        // What a schema without data knows of a type is less: the size of a vector is not in it.
        Assert.Contains(parts[^1], bySchema, StringComparison.Ordinal);
    }

    private sealed class TextLabel
    {
        [VectorType(4)]
        public float[] Features { get; init; } = [];

        public string Label { get; init; } = "";
    }

    private sealed class ByteKey
    {
        [VectorType(4)]
        public float[] Features { get; init; } = [];

        [KeyType(3)]
        public byte Label { get; init; }
    }

    private sealed class ManyLabels
    {
        [VectorType(4)]
        public float[] Features { get; init; } = [];

        [VectorType(2)]
        public string[] Kinds { get; init; } = [];
    }

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

    private sealed class NumberedRow
    {
        [VectorType(2)]
        public float[] Features { get; init; } = [];

        [KeyType(3)]
        public uint Label { get; init; }

        public float Number { get; init; }
    }

    private sealed class UnlimitedKey
    {
        [VectorType(2)]
        public float[] Features { get; init; } = [];

        [KeyType(uint.MaxValue)]
        public uint Label { get; init; }
    }

    private sealed class WideAnimal
    {
        [VectorType(5)]
        public float[] Features { get; init; } = [];

        public string Kind { get; init; } = "";
    }
}
