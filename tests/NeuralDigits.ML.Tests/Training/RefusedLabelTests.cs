using Microsoft.ML;
using Microsoft.ML.Data;

namespace NeuralDigits.ML.Tests;

public sealed class RefusedLabelTests
{
    private readonly MLContext _mlContext = new(1);

    private SigmoidMlpTrainer Trainer => Animals.Trainer(_mlContext, epochs: 1);

    [Fact]
    public void A_label_that_is_not_a_key_is_refused_with_the_transform_to_add()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable([new TextLabel { Features = [1, 2, 3, 4], Label = "cat" }]);

        Refusal.Holds(Trainer, data, "'Label' is of type String", "Transforms.Conversion.MapValueToKey(\"Label\")");
    }

    [Fact]
    public void A_key_of_another_width_is_refused_with_advice_that_works()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(
            [new ByteKey { Features = [1, 2, 3, 4], Label = 0 }, new ByteKey { Features = [4, 3, 2, 1], Label = 2 }]);

        Refusal.Holds(Trainer, data, "'Label'", "expected a key of UInt32", "ConvertType(\"Label\", outputKind: DataKind.UInt32).Fit(data).Transform(data)");

        IDataView converted = _mlContext.Transforms.Conversion.ConvertType("Label", outputKind: DataKind.UInt32).Fit(data).Transform(data);
        Assert.Single(Trainer.GetOutputSchema(EstimatorCheck.ShapeOf(converted.Schema)), column => column.Name == "Score");
        Assert.Equal(3, Trainer.Fit(converted).Model.Labels.Count);
    }

    [Fact]
    public void A_vector_of_keys_is_refused_since_a_row_belongs_to_one_class()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable([new ManyLabels { Features = [1, 2, 3, 4], Kinds = ["cat", "dog"] }]);
        IDataView keys = _mlContext.Transforms.Conversion.MapValueToKey("Label", "Kinds").Fit(data).Transform(data);

        Refusal.Holds(Trainer, keys, "'Label'", "expected a single key of UInt32, not a vector");
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

    private sealed class UnlimitedKey
    {
        [VectorType(2)]
        public float[] Features { get; init; } = [];

        [KeyType(uint.MaxValue)]
        public uint Label { get; init; }
    }
}
