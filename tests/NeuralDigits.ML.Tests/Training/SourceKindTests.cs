using Microsoft.ML;
using Microsoft.ML.Data;

namespace NeuralDigits.ML.Tests;

/// <summary>Whatever brings the rows, the same rows train the same transformer, byte for byte.</summary>
public sealed class SourceKindTests
{
    private readonly MLContext _mlContext = new(1);
    private readonly LabelledImages _images = SmallImages.Make(300);

    public static TheoryData<string> Sources => ["images", "list", "lazy", "sparse", "cached", "binary file", "text file", "filtered", "skipped and taken"];

    [Theory]
    [MemberData(nameof(Sources))]
    public void Every_source_of_the_same_rows_gives_the_same_saved_transformer(string source)
    {
        byte[] expected = SavedBytes.Of(Trainer(threads: 1).Fit(View("images")));

        Assert.Equal(expected, SavedBytes.Of(Trainer(threads: 1).Fit(View(source))));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    public void Any_number_of_threads_gives_the_same_saved_transformer(int threads)
    {
        IDataView data = View("images");
        byte[] expected = SavedBytes.Of(Trainer(threads: 1).Fit(data, _mlContext.Data.TakeRows(data, 50)));

        Assert.Equal(expected, SavedBytes.Of(Trainer(threads).Fit(data, _mlContext.Data.TakeRows(data, 50))));
    }

    [Fact]
    public void The_whole_saved_file_is_the_same_too()
    {
        byte[] Train(string source)
        {
            using var file = new MemoryStream();
            var mlContext = new MLContext(4);
            ITransformer model = mlContext.MulticlassClassification.Trainers.SigmoidMlp(hiddenNeurons: 4, epochs: 2).Fit(View(source));
            mlContext.Model.SaveReproducibly(model, View("images").Schema, file);
            return file.ToArray();
        }

        Assert.Equal(Train("images"), Train("lazy"));
    }

    [Fact]
    public void Only_the_columns_needed_are_read_and_by_one_cursor_in_order()
    {
        var data = new WatchedView(View("images"));

        Trainer(threads: 4).Fit(data);

        Assert.Equal(["Features Label, not shuffled"], data.Cursors);
    }

    private SigmoidMlpTrainer Trainer(int threads) => _mlContext.MulticlassClassification.Trainers.SigmoidMlp(
        new SigmoidMlpTrainer.Options { HiddenLayers = [5], Epochs = 3, Seed = 9, Threads = threads, ValidationFraction = 0.1 });

    private IDataView View(string source)
    {
        IDataView view = _mlContext.Data.LoadFromImages(_images);
        return source switch
        {
            "images" => view,
            "list" => FromRows([.. DenseRows()]),
            "lazy" => FromRows(DenseRows()),
            "sparse" => FromSparseRows(),
            "cached" => _mlContext.Data.Cache(FromRows(DenseRows())),
            "binary file" => FromBinary(view),
            "text file" => FromText(view),
            "filtered" => _mlContext.Data.FilterByCustomPredicate<KeepRow>(FromRows(DenseRows(withOthers: true)), row => !row.Keep),
            _ => _mlContext.Data.TakeRows(_mlContext.Data.SkipRows(FromRows([.. DenseRows().Take(7), .. DenseRows(), .. DenseRows()]), 7), 300),
        };
    }

    private IEnumerable<DenseRow> DenseRows(bool withOthers = false)
    {
        for (int i = 0; i < _images.Count; i++)
        {
            float[] features = [.. _images.Image(i).ToArray().Select(Pixel.ToFeature)];
            yield return new DenseRow { Features = features, Digit = $"{_images.Labels.Span[i]}", Keep = true };
            if (withOthers)
                yield return new DenseRow { Features = [9, 9, 9, 9, 9, 9], Digit = "1", Keep = false };
        }
    }

    private IDataView FromRows(IEnumerable<DenseRow> rows) => WithKeys(_mlContext.Data.LoadFromEnumerable(rows));

    private IDataView FromSparseRows() => WithKeys(_mlContext.Data.LoadFromEnumerable(DenseRows().Select(row =>
    {
        int[] indices = [.. Enumerable.Range(0, 6).Where(pixel => row.Features[pixel] != 0)];
        float[] values = [.. indices.Select(pixel => row.Features[pixel])];
        return new SparseRow { Features = new VBuffer<float>(6, indices.Length, values, indices), Digit = row.Digit };
    })));

    // The keys must be those of the images: 0 to 9 in this order.
    private IDataView WithKeys(IDataView rows)
    {
        IDataView digits = _mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 10).Select(digit => new Digit { Name = $"{digit}" }));
        return _mlContext.Transforms.Conversion.MapValueToKey("Label", "Digit", keyData: digits).Fit(rows).Transform(rows);
    }

    private IDataView FromBinary(IDataView view)
    {
        using var file = new MemoryStream();
        _mlContext.Data.SaveAsBinary(view, file);
        using var folder = new TemporaryFolder();
        return _mlContext.Data.Cache(_mlContext.Data.LoadFromBinary(folder.Write("rows.idv", file.ToArray())));
    }

    private IDataView FromText(IDataView view)
    {
        using var file = new MemoryStream();
        _mlContext.Data.SaveAsText(view, file, schema: true);
        using var folder = new TemporaryFolder();
        string path = folder.Write("rows.tsv", file.ToArray());
        IDataView text = _mlContext.Data.LoadFromTextFile(
            path,
            [new TextLoader.Column("Features", DataKind.Single, 0, 5), new TextLoader.Column("Digit", DataKind.String, 6)],
            hasHeader: true, allowSparse: true);
        var rows = _mlContext.Data.CreateEnumerable<DenseRow>(text, reuseRowObject: false, ignoreMissingColumns: true).ToList();
        return FromRows(rows);
    }

    private sealed class DenseRow
    {
        [VectorType(6)]
        public float[] Features { get; set; } = [];

        public string Digit { get; set; } = "";

        public bool Keep { get; set; }
    }

    private sealed class SparseRow
    {
        [VectorType(6)]
        public VBuffer<float> Features { get; init; }

        public string Digit { get; init; } = "";
    }

    private sealed class KeepRow
    {
        public bool Keep { get; set; }
    }

    private sealed class Digit
    {
        public string Name { get; init; } = "";
    }

    /// <summary>Remembers how it is read.</summary>
    private sealed class WatchedView(IDataView inner) : IDataView
    {
        public List<string> Cursors { get; } = [];

        public DataViewSchema Schema => inner.Schema;

        public bool CanShuffle => inner.CanShuffle;

        public long? GetRowCount() => inner.GetRowCount();

        public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
        {
            IEnumerable<string> names = columnsNeeded.Select(column => column.Name).Order(StringComparer.Ordinal);
            Cursors.Add($"{string.Join(' ', names)}, {(rand is null ? "not " : "")}shuffled");
            return inner.GetRowCursor(columnsNeeded, rand);
        }

        public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        {
            Cursors.Add($"set of {n}");
            return inner.GetRowCursorSet(columnsNeeded, n, rand);
        }
    }
}
