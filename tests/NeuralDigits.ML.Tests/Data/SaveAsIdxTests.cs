using Microsoft.ML;
using Microsoft.ML.Data;

namespace NeuralDigits.ML.Tests;

public sealed class SaveAsIdxTests : IDisposable
{
    private const string NamesAdvice = "Where the classes have names, give these as the format's ClassNames, in the order of their numbers.";

    private readonly MLContext _mlContext = new(1);
    private readonly TemporaryFolder _folder = new();

    private string Images => _folder["images"];

    private string Labels => _folder["labels"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_loaded_is_saved_byte_for_byte()
    {
        SmallImages.Write(SmallImages.Make(50), _folder["images-before"], _folder["labels-before"]);
        IDataView view = _mlContext.Data.LoadFromIdx(_folder["images-before"], _folder["labels-before"], SmallImages.Format);

        _mlContext.Data.SaveAsIdx(view, Images, Labels, SmallImages.Format);

        Assert.Equal(File.ReadAllBytes(_folder["images-before"]), File.ReadAllBytes(Images));
        Assert.Equal(File.ReadAllBytes(_folder["labels-before"]), File.ReadAllBytes(Labels));
        Assert.Equal(["images", "images-before", "labels", "labels-before"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Named_classes_are_saved_as_the_numbers_that_their_names_have_in_the_format()
    {
        var images = new LabelledImages(new byte[] { 1, 2, 3 }, new byte[] { 1, 0, 1 }, 1, 1, classCount: 2, ["cat", "dog"]);
        var format = new DataSetFormat { Rows = 1, Columns = 1, ClassCount = 2, ClassNames = ["dog", "cat"] };

        _mlContext.Data.SaveAsIdx(_mlContext.Data.LoadFromImages(images), Images, Labels, format);

        LabelledImages saved = IdxFile.Read(Images, Labels, format);
        Assert.Equal([0, 1, 0], saved.Labels.ToArray());
        Assert.Equal(["dog", "cat"], saved.ClassNames);
    }

    [Fact]
    public void A_named_class_that_the_format_does_not_have_is_refused()
    {
        IDataView view = _mlContext.Data.LoadFromImages(
            new LabelledImages(new byte[] { 1, 2 }, new byte[] { 1, 0 }, 1, 1, classCount: 2, ["cat", "dog"]));
        var nameless = new DataSetFormat { Rows = 1, Columns = 1, ClassCount = 2 };
        var others = new DataSetFormat { Rows = 1, Columns = 1, ClassCount = 2, ClassNames = ["dog", "cow"] };

        var number = Assert.Throws<ArgumentException>(() => _mlContext.Data.SaveAsIdx(view, Images, Labels, nameless));
        var name = Assert.Throws<ArgumentException>(() => _mlContext.Data.SaveAsIdx(view, Images, Labels, others));

        Assert.Contains("the value 'cat'; expected numbers from 0 to 1", number.Message);
        Assert.Contains("ClassNames", number.Message);
        Assert.Contains("the value 'cat'; expected one of the format's class names: dog, cow", name.Message);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Files_that_are_there_are_replaced()
    {
        File.WriteAllText(Images, "old");
        File.WriteAllText(Labels, "old");

        _mlContext.Data.SaveAsIdx(_mlContext.Data.LoadFromImages(SmallImages.Make(9)), Images, Labels, SmallImages.Format);

        Assert.Equal(9, IdxFile.Read(Images, Labels, SmallImages.Format).Count);
    }

    [Fact]
    public void Filtered_rows_are_saved_as_they_are_left()
    {
        IDataView view = _mlContext.Data.TakeRows(_mlContext.Data.LoadFromImages(SmallImages.Make(50)), 7);

        _mlContext.Data.SaveAsIdx(view, Images, Labels, SmallImages.Format);

        Assert.Equal(Rows.Of(view), Rows.Of(_mlContext.Data.LoadFromIdx(Images, Labels, SmallImages.Format)));
    }

    [Fact]
    public void The_value_of_a_key_is_the_label_and_not_its_place()
    {
        Save([new Drawing { Features = [1, 0, 0, 0, 0, 0], Digit = 7 }, new Drawing { Features = [0, 1, 0, 0, 0, 0], Digit = 3 }]);

        Assert.Equal([7, 3], IdxFile.ReadLabels(Labels).Values.ToArray());
    }

    [Fact]
    public void Two_names_of_one_number_are_refused_and_not_made_one()
    {
        IDataView rows = _mlContext.Data.LoadFromEnumerable(
            [new NamedDrawing { Features = [1, 0, 0, 0, 0, 0], Name = "1" }, new NamedDrawing { Features = [0, 1, 0, 0, 0, 0], Name = "01" }]);
        IDataView data = _mlContext.Transforms.Conversion.MapValueToKey("Label", "Name").Fit(rows).Transform(rows);

        ArgumentException exception = Assert.Throws<ArgumentException>(() => _mlContext.Data.SaveAsIdx(data, Images, Labels, SmallImages.Format));

        Assert.Equal("The key of the column 'Label' has the value '01'; expected numbers from 0 to 9, without leading zeros. " + NamesAdvice, exception.Message);
    }

    [Fact]
    public void The_type_of_the_features_decides_where_the_format_leaves_the_size_open()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable([new Square { Features = [0, 1, 0, 1, 0, 1], Label = 1 }]);

        _mlContext.Data.SaveAsIdx(data, Images, Labels, new DataSetFormat { Rows = null, Columns = null });

        Assert.Equal([1, 2, 3], IdxFile.ReadImages(Images, new DataSetFormat { Rows = null, Columns = null }).Dimensions);
    }

    [Theory]
    [InlineData(0.5f, "0.5")]
    [InlineData(1.1f, "1.1")]
    [InlineData(-0.1f, "-0.1")]
    [InlineData(float.NaN, "NaN")]
    public void A_feature_that_no_pixel_has_is_refused_with_its_place_and_nothing_is_written(float value, string text)
    {
        var exception = Assert.Throws<InvalidDataException>(
            () => Save([new Drawing { Digit = 1, Features = new float[6] }, new Drawing { Features = [0, 0, value, 0, 0, 0], Digit = 1 }]));

        Assert.StartsWith(
            $"Row 1: value 2 of the column 'Features' is {text}; expected k / 255 with k from 0 to 255, exactly", exception.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_class_that_is_not_a_number_in_range_is_refused()
    {
        IDataView animals = Animals.Labelled(_mlContext);
        var format = new DataSetFormat { Rows = 2, Columns = 2 };

        string notANumber = Assert.Throws<ArgumentException>(() => _mlContext.Data.SaveAsIdx(animals, Images, Labels, format)).Message;
        string tooLarge = Assert.Throws<ArgumentException>(() => Save([new Drawing { Digit = 10, Features = new float[6] }])).Message;

        Assert.Equal("The key of the column 'Label' has the value 'cat'; expected numbers from 0 to 9, without leading zeros. " + NamesAdvice, notANumber);
        Assert.Equal("The key of the column 'Label' has the value '10'; expected numbers from 0 to 9, without leading zeros. " + NamesAdvice, tooLarge);
    }

    [Fact]
    public void Another_image_size_is_refused()
    {
        IDataView view = _mlContext.Data.LoadFromImages(SmallImages.Make(1));

        string mnist = Assert.Throws<ArgumentException>(() => _mlContext.Data.SaveAsIdx(view, Images, Labels)).Message;
        string open = Assert.Throws<ArgumentException>(
            () => _mlContext.Data.SaveAsIdx(view, Images, Labels, new DataSetFormat { Rows = null, Columns = null })).Message;

        Assert.Contains("is of type Vector<Single, 6>; expected images of 28 x 28 pixels", mnist, StringComparison.Ordinal);
        Assert.Contains("expected images of ? x ? pixels", open, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_label_and_no_rows_are_refused()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable([new Drawing { Features = new float[6], Digit = 1 }]);
        var keys = _mlContext.Transforms.Conversion.MapValueToKey("Label", "Digit").Fit(data);
        IDataView missing = keys.Transform(_mlContext.Data.LoadFromEnumerable([new Drawing { Features = new float[6], Digit = 2 }]));
        IDataView none = _mlContext.Data.SkipRows(keys.Transform(data), 1);

        void Save(IDataView view) => _mlContext.Data.SaveAsIdx(view, Images, Labels, SmallImages.Format);
        Assert.Contains("the key in the column 'Label' is 0", Assert.Throws<InvalidDataException>(() => Save(missing)).Message, StringComparison.Ordinal);
        Assert.Contains("There are no rows", Assert.Throws<InvalidDataException>(() => Save(none)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_path_for_both_is_refused() => Assert.Throws<ArgumentException>(
        () => _mlContext.Data.SaveAsIdx(_mlContext.Data.LoadFromImages(SmallImages.Make(1)), Images, Images, SmallImages.Format));

    private void Save(IEnumerable<Drawing> drawings)
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(drawings);
        IDataView keyed = _mlContext.Transforms.Conversion.MapValueToKey("Label", "Digit").Fit(data).Transform(data);
        _mlContext.Data.SaveAsIdx(keyed, Images, Labels, SmallImages.Format);
    }

    private sealed class Drawing
    {
        [VectorType(6)]
        public float[] Features { get; init; } = [];

        public int Digit { get; init; }
    }

    private sealed class NamedDrawing
    {
        [VectorType(6)]
        public float[] Features { get; init; } = [];

        public string Name { get; init; } = "";
    }

    private sealed class Square
    {
        [VectorType(2, 3)]
        public float[] Features { get; init; } = [];

        [KeyType(10)]
        public uint Label { get; init; }
    }
}
