using Microsoft.ML;
using Microsoft.ML.Data;

namespace NeuralDigits.ML.Tests;

/// <summary>Every way in which ML.NET reads scores gives the same ones.</summary>
public sealed class WaysOutTests
{
    private readonly MLContext _mlContext = new(1);
    private readonly IDataView _scored;
    private readonly IDataView _data;
    private readonly SigmoidMlpTransformer _model;

    public WaysOutTests()
    {
        _data = _mlContext.Data.LoadFromImages(SmallImages.Make(500));
        _model = _mlContext.MulticlassClassification.Trainers
            .SigmoidMlp(new SigmoidMlpTrainer.Options { HiddenLayers = [5], Epochs = 1, Seed = 1, AddActivationsColumn = true }).Fit(_data);
        _scored = _model.Transform(_data);
    }

    [Fact]
    public void Any_subset_of_the_columns_has_the_same_values()
    {
        DataViewSchema.Column[] columns = [.. _scored.Schema];
        string[] whole = CursorReading.InOrder(_scored, columns);
        for (int subset = 1; subset < 1 << columns.Length; subset++)
        {
            DataViewSchema.Column[] some = [.. columns.Where(column => (subset & (1 << column.Index)) != 0)];
            string[] rows = CursorReading.InOrder(_scored, some);
            Assert.Equal(whole.Select(row => string.Join("; ", row.Split("; ").Where((_, column) => (subset & (1 << column)) != 0))), rows);
        }
    }

    [Fact]
    public void A_column_that_was_not_asked_for_is_refused()
    {
        using DataViewRowCursor cursor = _scored.GetRowCursor([_scored.Schema["Label"]]);

        Assert.False(cursor.IsColumnActive(_scored.Schema["Score"]));
        Assert.Throws<ArgumentException>(() => cursor.GetGetter<VBuffer<float>>(_scored.Schema["Score"]));
    }

    [Fact]
    public void A_column_of_another_view_is_refused_by_name()
    {
        DataViewSchema other = _mlContext.Transforms.CopyColumns("Elsewhere", "Score").Fit(_scored).Transform(_scored).Schema;

        ArgumentException exception = Assert.Throws<ArgumentException>(() => _scored.GetRowCursor([other["Elsewhere"]]));
        Assert.Equal("The column 'Elsewhere' is not one of this data view. (Parameter 'columnsNeeded')", exception.Message);
        Assert.Throws<ArgumentException>(() => _scored.GetRowCursorSet([other["Elsewhere"]], 2));
        Assert.Throws<ArgumentException>(() => _data.GetRowCursor([other["Elsewhere"]]));
        Assert.Throws<ArgumentNullException>("columnsNeeded", () => _scored.GetRowCursor(null!));
    }

    [Fact]
    public void Shuffled_cursors_and_sets_of_cursors_have_the_same_rows() => EstimatorCheck.SameInAllWaysOfReading(_scored);

    [Fact]
    public void A_shuffled_cursor_takes_the_order_of_its_source()
    {
        string[] Ids(IDataView view, Random? random)
        {
            using DataViewRowCursor cursor = view.GetRowCursor(view.Schema, random);
            return [.. CursorReading.Rest(cursor, view.Schema).Select(row => row.Id)];
        }

        Assert.Equal(Ids(_data, new Random(1)), Ids(_scored, new Random(1)));
        Assert.NotEqual(Ids(_data, null), Ids(_scored, new Random(1)));
    }

    [Fact]
    public void A_set_has_as_many_cursors_as_its_source_has() =>
        Assert.Equal(3, _scored.GetRowCursorSet(_scored.Schema, 3).Length);

    [Fact]
    public void A_shuffled_set_of_cursors_has_each_row_once()
    {
        DataViewRowCursor[] cursors = _scored.GetRowCursorSet(_scored.Schema, 4, new Random(2));
        string[] rows = [.. cursors.SelectMany(cursor => CursorReading.Rest(cursor, _scored.Schema)).Select(row => $"{row.Id}: {row.Text}")];

        Assert.Equal(CursorReading.WithIds(_scored, null), rows.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Preview_shows_them() =>
        Assert.Equal(Rows.Scores(_scored)[3], ((VBuffer<float>)_scored.Preview(10).RowView[3].Values.Single(cell => cell.Key == "Score").Value).DenseValues());

    [Fact]
    public void Objects_hold_them_even_if_one_object_is_used_again()
    {
        float[][] expected = Rows.Scores(_scored);

        Assert.Equal(expected, _mlContext.Data.CreateEnumerable<Scored>(_scored, reuseRowObject: false).Select(row => row.Score));
        Assert.Equal(expected, _mlContext.Data.CreateEnumerable<Scored>(_scored, reuseRowObject: true).Select(row => row.Score.ToArray()));
    }

    [Fact]
    public void Saved_as_binary_they_come_back()
    {
        using var folder = new TemporaryFolder();
        using (FileStream file = File.Create(folder["rows.idv"]))
            _mlContext.Data.SaveAsBinary(_scored, file);

        IDataView loaded = _mlContext.Data.LoadFromBinary(folder["rows.idv"]);

        Assert.Equal(Rows.SchemaOf(_scored.Schema), Rows.SchemaOf(loaded.Schema));
        Assert.Equal(Rows.Of(_scored), Rows.Of(loaded));
        (loaded as IDisposable)?.Dispose();
    }

    [Fact]
    public void Saved_as_text_they_come_back()
    {
        IDataView scores = _mlContext.Transforms.SelectColumns("Score").Fit(_scored).Transform(_scored);
        using var folder = new TemporaryFolder();
        using (FileStream file = File.Create(folder["rows.tsv"]))
            _mlContext.Data.SaveAsText(scores, file, headerRow: false, schema: false, forceDense: true);

        IDataView loaded = _mlContext.Data.LoadFromTextFile(folder["rows.tsv"], [new TextLoader.Column("Score", DataKind.Single, 0, 9)]);

        Assert.All(
            Rows.Scores(loaded).Zip(Rows.Scores(_scored)),
            pair => Assert.All(pair.First.Zip(pair.Second), score => Assert.Equal(score.Second, score.First, 1e-6)));
    }

    [Fact]
    public void Eight_threads_with_a_prediction_engine_each_get_the_same()
    {
        float[][] expected = Rows.Scores(_scored);
        Pixels[] images = [.. _mlContext.Data.CreateEnumerable<Pixels>(_data, reuseRowObject: false, ignoreMissingColumns: true)];

        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
        {
            using var engine = _mlContext.Model.CreatePredictionEngine<Pixels, Scored>(_model);
            for (int row = 0; row < images.Length; row++)
                Assert.Equal(expected[row], engine.Predict(images[row]).Score);
        });
    }

    [Fact]
    public void A_transformer_of_scores_can_follow_and_rows_can_be_filtered_by_them()
    {
        var likely = _mlContext.Data.FilterByCustomPredicate<Scored>(_scored, row => row.Score.Max() < 0.3f);

        Assert.Equal(Rows.Scores(_scored).Where(scores => scores.Max() >= 0.3f), Rows.Scores(likely));
    }

    private sealed class Pixels
    {
        [VectorType(6)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Scored
    {
        [VectorType(10)]
        public float[] Score { get; set; } = [];
    }
}
