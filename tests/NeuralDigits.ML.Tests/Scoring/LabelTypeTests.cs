using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace NeuralDigits.ML.Tests;

/// <summary>Labels are not always texts: the predictions are of the same type, also of a model that was saved and loaded.</summary>
public sealed class LabelTypeTests
{
    private readonly MLContext _mlContext = new(1);

    [Fact]
    public void Texts() => Check<string>(["kvass", "été", "七"], ["kvass", "été", "七"]);

    [Fact]
    public void Signed_bytes() => Check<sbyte>([-3, 4, 5], ["-3", "4", "5"]);

    [Fact]
    public void Bytes() => Check<byte>([200, 1, 7], ["200", "1", "7"]);

    [Fact]
    public void Short_numbers() => Check<short>([-300, 4, 5], ["-300", "4", "5"]);

    [Fact]
    public void Unsigned_short_numbers() => Check<ushort>([60000, 4, 5], ["60000", "4", "5"]);

    [Fact]
    public void Whole_numbers() => Check<int>([-70000, 4, 5], ["-70000", "4", "5"]);

    [Fact]
    public void Unsigned_whole_numbers() => Check<uint>([4000000000, 4, 5], ["4000000000", "4", "5"]);

    [Fact]
    public void Long_numbers() => Check<long>([long.MinValue, 4, 5], ["-9223372036854775808", "4", "5"]);

    [Fact]
    public void Unsigned_long_numbers() => Check<ulong>([ulong.MaxValue, 4, 5], ["18446744073709551615", "4", "5"]);

    [Fact]
    public void Numbers_of_single_precision() => Check<float>([0.1f, -1.5f, 3e20f], ["0.1", "-1.5", "3E+20"]);

    [Fact]
    public void Numbers_of_double_precision() => Check<double>([0.1, -1.5, 1e300], ["0.1", "-1.5", "1E+300"]);

    [Fact]
    public void Booleans() => Check<bool>([true, false], ["True", "False"]);

    [Fact]
    public void Times() => Check<DateTime>(
        [new(2024, 2, 29, 12, 30, 0), new(1999, 12, 31)], ["2024-02-29T12:30:00.0000000", "1999-12-31T00:00:00.0000000"]);

    [Fact]
    public void Other_types_are_refused_by_name()
    {
        IDataView data = Labelled<TimeSpan>([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)]);

        string byData = Assert.Throws<ArgumentException>(() => Animals.Trainer(_mlContext).Fit(data)).Message;
        string bySchema = Assert.Throws<ArgumentException>(
            () => Animals.Trainer(_mlContext).GetOutputSchema(EstimatorCheck.ShapeOf(data.Schema))).Message;

        Assert.StartsWith(
            "The key values of the column 'Label' are of type TimeSpan, which a model cannot keep.", byData, StringComparison.Ordinal);
        Assert.Equal(byData, bySchema);
    }

    private void Check<T>(T[] labels, string[] names)
        where T : notnull
    {
        CultureInfo culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("de-DE");
        try
        {
            IDataView data = Labelled(labels);
            EstimatorCheck.Holds(_mlContext, Animals.Trainer(_mlContext), data);

            var pipeline = Animals.Trainer(_mlContext, epochs: 60).Append(_mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
            TransformerChain<KeyToValueMappingTransformer> model = pipeline.Fit(data);
            ITransformer loaded = EstimatorCheck.Load(_mlContext, EstimatorCheck.Save(_mlContext, model, data.Schema));

            Assert.Equal(names, model.OfType<SigmoidMlpTransformer>().Single().Model.Labels);
            IDataView scored = loaded.Transform(data);
            Assert.Equal(labels, scored.GetColumn<T>("PredictedLabel").Take(labels.Length));
            VBuffer<ReadOnlyMemory<char>> slotNames = default;
            scored.Schema["Score"].GetSlotNames(ref slotNames);
            Assert.Equal(names, slotNames.DenseValues().Select(name => name.ToString()));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    // Feature k is 1 in class k.
    private IDataView Labelled<T>(T[] labels)
        where T : notnull
    {
        var rows = Enumerable.Range(0, 60).Select(row => new Row<T>
        {
            Features = [.. Enumerable.Range(0, 4).Select(feature => feature == row % labels.Length ? 1f : 0f)],
            Value = labels[row % labels.Length],
        });
        IDataView data = _mlContext.Data.LoadFromEnumerable(rows);
        return _mlContext.Transforms.Conversion.MapValueToKey("Label", "Value").Fit(data).Transform(data);
    }

    private sealed class Row<T>
        where T : notnull
    {
        [VectorType(4)]
        public float[] Features { get; init; } = [];

        public required T Value { get; init; }
    }
}
