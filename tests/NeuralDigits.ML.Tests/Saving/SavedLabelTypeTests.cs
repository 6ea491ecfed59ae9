using System.Globalization;
using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace NeuralDigits.ML.Tests;

/// <summary>
/// What stands for the type of the label and for its values in a saved model: never to be changed, or models of older versions are read
/// wrong.
/// </summary>
public sealed class SavedLabelTypeTests
{
    [Fact]
    public void Texts() => Check(1, "été", "05 c3 a9 74 c3 a9");

    [Fact]
    public void Signed_bytes() => Check<sbyte>(2, -3, "fd");

    [Fact]
    public void Bytes() => Check<byte>(3, 200, "c8");

    [Fact]
    public void Short_numbers() => Check<short>(4, -2, "fe ff");

    [Fact]
    public void Unsigned_short_numbers() => Check<ushort>(5, 0x1234, "34 12");

    [Fact]
    public void Whole_numbers() => Check(6, -2, "fe ff ff ff");

    [Fact]
    public void Unsigned_whole_numbers() => Check(7, 0x12345678u, "78 56 34 12");

    [Fact]
    public void Long_numbers() => Check(8, -2L, "fe ff ff ff ff ff ff ff");

    [Fact]
    public void Unsigned_long_numbers() => Check(9, 0x123456789abcdef0UL, "f0 de bc 9a 78 56 34 12");

    [Fact]
    public void Numbers_of_single_precision() => Check(10, 1.5f, "00 00 c0 3f");

    [Fact]
    public void Numbers_of_double_precision() => Check(11, 1.5, "00 00 00 00 00 00 f8 3f");

    [Fact]
    public void Booleans() => Check(12, true, "01");

    [Fact]
    public void Times() => Check(13, new DateTime(2024, 2, 29), "00 00 60 5f b9 38 dc 08");

    private static void Check<T>(byte code, T value, string bytes)
    {
        var mlContext = new MLContext(1);
        IDataView rows = mlContext.Data.LoadFromEnumerable([new Row<T> { Kind = value }]);
        DataViewSchema.Column label = mlContext.Transforms.Conversion.MapValueToKey("Label", "Kind").Fit(rows).Transform(rows).Schema["Label"];
        LabelValueType type = LabelValueType.For(((VectorDataViewType)label.Annotations.Schema["KeyValues"].Type).ItemType)!;
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        type.Write(writer, type.Of(label));

        Assert.Equal(code, type.Code);
        Assert.Same(type, LabelValueType.For(code));
        Assert.Equal(bytes, string.Join(' ', stream.ToArray().Select(b => b.ToString("x2", CultureInfo.InvariantCulture))));
    }

    private sealed class Row<T>
    {
        public T? Kind { get; init; }
    }
}
