using Microsoft.ML;
using Microsoft.ML.Data;

namespace NeuralDigits.ML.Tests;

public sealed class ImageDataViewTests
{
    private readonly MLContext _mlContext = new(1);

    [Fact]
    public void Features_are_the_pixels_divided_by_255_and_labels_are_keys_from_1()
    {
        LabelledImages images = SmallImages.Make(200);

        IDataView view = _mlContext.Data.LoadFromImages(images);

        Assert.Equal(200, view.GetRowCount());
        float[][] features = [.. view.GetColumn<float[]>("Features")];
        uint[] labels = [.. view.GetColumn<uint>("Label")];
        for (int row = 0; row < images.Count; row++)
        {
            Assert.Equal(images.Image(row).ToArray().Select(pixel => pixel / 255f), features[row]);
            Assert.Equal(images.Labels.Span[row] + 1u, labels[row]);
        }
    }

    [Fact]
    public void Columns_have_types_and_names_that_ML_NET_understands()
    {
        DataViewSchema schema = _mlContext.Data.LoadFromImages(SmallImages.Make(1)).Schema;

        Assert.Equal(
        [
            "Features: Vector<Single, 6> {SlotNames: Vector<String, 6> = " +
            "row0column0 row0column1 row1column0 row1column1 row2column0 row2column1}",
            "Label: Key<UInt32, 0-9> {KeyValues: Vector<String, 10> = 0 1 2 3 4 5 6 7 8 9}",
        ],
        Rows.SchemaOf(schema));
    }

    [Fact]
    public void Names_of_classes_are_the_values_of_the_label_and_of_what_a_model_predicts()
    {
        byte[] labels = [.. Enumerable.Range(0, 60).Select(i => (byte)(i % 2))];
        byte[] pixels = [.. labels.Select(label => (byte)(label * 255))];
        IDataView view = _mlContext.Data.LoadFromImages(new LabelledImages(pixels, labels, 1, 1, classCount: 2, ["cat", "dog"]));
        var pipeline = _mlContext.MulticlassClassification.Trainers.SigmoidMlp(hiddenNeurons: 3, epochs: 30)
            .Append(_mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"));

        IDataView predicted = pipeline.Fit(view).Transform(view);

        Assert.Contains("Label: Key<UInt32, 0-1> {KeyValues: Vector<String, 2> = cat dog}", Rows.SchemaOf(view.Schema));
        Assert.Equal(labels.Select(label => label == 0 ? "cat" : "dog"), predicted.GetColumn<string>("PredictedLabel"));
    }

    [Fact]
    public void Rows_are_the_same_in_any_order_by_any_number_of_cursors()
    {
        IDataView view = _mlContext.Data.LoadFromImages(SmallImages.Make(1000));

        EstimatorCheck.SameInAllWaysOfReading(view);
    }

    [Fact]
    public void Shuffled_rows_come_in_another_order_that_the_random_generator_decides()
    {
        IDataView view = _mlContext.Data.LoadFromImages(SmallImages.Make(100));

        string[] ShuffledBy(int seed)
        {
            using DataViewRowCursor cursor = view.GetRowCursor(view.Schema, new Random(seed));
            return [.. CursorReading.Rest(cursor, view.Schema).Select(row => row.Id)];
        }

        Assert.NotEqual(ShuffledBy(1), ShuffledBy(2));
        Assert.Equal(ShuffledBy(1), ShuffledBy(1));
        Assert.Equal(100, ShuffledBy(1).Distinct().Count());
    }

    [Fact]
    public void Values_are_refused_before_the_first_row_and_after_the_last()
    {
        IDataView view = _mlContext.Data.LoadFromImages(SmallImages.Make(1));
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
        ValueGetter<uint> getter = cursor.GetGetter<uint>(view.Schema["Label"]);
        uint label = 0;

        Assert.Equal(-1, cursor.Position);
        Assert.Contains("MoveNext", Assert.Throws<InvalidOperationException>(() => getter(ref label)).Message, StringComparison.Ordinal);
        Assert.True(cursor.MoveNext());
        Assert.Equal(0, cursor.Position);
        getter(ref label);
        Assert.False(cursor.MoveNext());
        Assert.False(cursor.MoveNext());
        Assert.Equal(-1, cursor.Position);
        Assert.Throws<InvalidOperationException>(() => getter(ref label));
    }

    [Fact]
    public void A_column_that_was_not_asked_for_or_is_of_another_type_is_refused_by_name()
    {
        IDataView view = _mlContext.Data.LoadFromImages(SmallImages.Make(1));
        using DataViewRowCursor cursor = view.GetRowCursor([view.Schema["Label"]]);

        string notAskedFor = Assert.Throws<ArgumentException>(() => cursor.GetGetter<VBuffer<float>>(view.Schema["Features"])).Message;
        string otherType = Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<int>(view.Schema["Label"])).Message;

        Assert.StartsWith("The column 'Features' was not asked for", notAskedFor, StringComparison.Ordinal);
        Assert.Equal("The column 'Label' is of type Key<UInt32, 0-9> and read as System.UInt32, not as System.Int32.", otherType);
    }

    [Fact]
    public void Idx_files_are_loaded()
    {
        using var folder = new TemporaryFolder();
        LabelledImages images = SmallImages.Make(30);
        SmallImages.Write(images, folder["images"], folder["labels"]);

        IDataView view = _mlContext.Data.LoadFromIdx(folder["images"], folder["labels"], SmallImages.Format);

        Assert.Equal(Rows.Of(_mlContext.Data.LoadFromImages(images)), Rows.Of(view));
    }

    [Fact]
    public void A_folder_of_the_kind_of_MNIST_gives_three_views()
    {
        using var folder = new TemporaryFolder();
        LabelledImages training = SmallImages.Make(60);
        LabelledImages test = SmallImages.Make(10, seed: 2);
        SmallImages.Write(training, folder["train-images-idx3-ubyte"], folder["train-labels-idx1-ubyte"]);
        SmallImages.Write(test, folder["t10k-images-idx3-ubyte"], folder["t10k-labels-idx1-ubyte"]);

        (IDataView first, IDataView second, IDataView third) = _mlContext.Data.LoadMnist(folder.Path, SmallImages.Format);

        Assert.Equal(Rows.Of(_mlContext.Data.LoadFromImages(training.Slice(0, 50))), Rows.Of(first));
        Assert.Equal(Rows.Of(_mlContext.Data.LoadFromImages(training.Slice(50, 10))), Rows.Of(second));
        Assert.Equal(Rows.Of(_mlContext.Data.LoadFromImages(test)), Rows.Of(third));
    }

    [Fact]
    public void ML_NET_can_cache_split_and_save_the_view()
    {
        IDataView view = _mlContext.Data.LoadFromImages(SmallImages.Make(100));
        using var file = new MemoryStream();

        _mlContext.Data.SaveAsBinary(view, file);
        DataOperationsCatalog.TrainTestData parts = _mlContext.Data.TrainTestSplit(view, testFraction: 0.3);

        Assert.Equal(Rows.Of(view), Rows.Of(_mlContext.Data.Cache(view)));
        Assert.True(file.Length > 0);
        Assert.Equal(100, parts.TrainSet.GetColumn<uint>("Label").Count() + parts.TestSet.GetColumn<uint>("Label").Count());
        Assert.InRange(parts.TestSet.GetColumn<uint>("Label").Count(), 10, 50);
    }
}
