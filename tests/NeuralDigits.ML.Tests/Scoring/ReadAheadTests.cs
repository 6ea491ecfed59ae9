using Microsoft.ML;
using Microsoft.ML.Data;

namespace NeuralDigits.ML.Tests;

/// <summary>Rows are scored in blocks, which nobody should notice but by the clock.</summary>
public sealed class ReadAheadTests
{
    private readonly MLContext _mlContext = new(1);
    private readonly SigmoidMlpTransformer _model;

    public ReadAheadTests() => _model = Animals.Trainer(_mlContext, epochs: 1).Fit(Animals.Labelled(_mlContext));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(5, 7)]
    [InlineData(300, 383)]
    public void Who_reads_a_few_rows_does_not_wait_for_many(int read, int made)
    {
        int rowsMade = 0;
        IEnumerable<Animal> Source()
        {
            foreach (Animal animal in Animals.Rows(2000))
            {
                rowsMade++;
                yield return animal;
            }
        }

        IDataView scored = _model.Transform(_mlContext.Data.LoadFromEnumerable(Source()));

        Assert.Equal(read, scored.GetColumn<float[]>("Score").Take(read).Count());
        Assert.Equal(made, rowsMade);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(400)]
    public void Where_the_source_fails_the_scores_fail_and_all_rows_before_it_are_there(int badRow)
    {
        IEnumerable<Animal> Source()
        {
            List<Animal> rows = Animals.Rows(500);
            for (int row = 0; row < rows.Count; row++)
                yield return row == badRow ? throw new InvalidDataException($"row {row} is bad") : rows[row];
        }

        IDataView scored = _model.Transform(_mlContext.Data.LoadFromEnumerable(Source()));
        using DataViewRowCursor cursor = scored.GetRowCursor(scored.Schema);
        ValueGetter<VBuffer<float>> getScore = cursor.GetGetter<VBuffer<float>>(scored.Schema["Score"]);
        VBuffer<float> score = default;
        for (int row = 0; row < badRow; row++)
        {
            Assert.True(cursor.MoveNext());
            Assert.Equal(row, cursor.Position);
            getScore(ref score);
        }

        Assert.Equal($"row {badRow} is bad", Assert.Throws<InvalidDataException>(() => cursor.MoveNext()).Message);
    }

    [Fact]
    public void Off_its_rows_a_cursor_says_so()
    {
        IDataView scored = _model.Transform(_mlContext.Data.LoadFromEnumerable(Animals.Rows(3)));
        using DataViewRowCursor cursor = scored.GetRowCursor(scored.Schema);
        ValueGetter<VBuffer<float>> getFeatures = cursor.GetGetter<VBuffer<float>>(scored.Schema["Features"]);
        VBuffer<float> features = default;

        Assert.Equal(-1, cursor.Position);
        Assert.Throws<InvalidOperationException>(() => getFeatures(ref features));
        while (cursor.MoveNext())
            getFeatures(ref features);
        Assert.Equal(-1, cursor.Position);
        Assert.False(cursor.MoveNext());
        Assert.Throws<InvalidOperationException>(() => getFeatures(ref features));
    }

    [Fact]
    public void A_vector_that_was_given_out_is_the_callers_to_change()
    {
        IDataView scored = _model.Transform(_mlContext.Data.LoadFromEnumerable(Animals.Rows(1)));
        using DataViewRowCursor cursor = scored.GetRowCursor(scored.Schema);
        ValueGetter<VBuffer<float>> getFeatures = cursor.GetGetter<VBuffer<float>>(scored.Schema["Features"]);
        VBuffer<float> features = default;
        cursor.MoveNext();
        getFeatures(ref features);
        VBufferEditor<float> editor = VBufferEditor.CreateFromBuffer(ref features);
        editor.Values.Fill(float.NaN);

        VBuffer<float> again = default;
        getFeatures(ref again);

        Assert.Equal(Animals.Rows(1)[0].Features, again.DenseValues());
    }

    [Fact]
    public void Objects_that_someone_has_to_dispose_are_read_when_their_row_comes()
    {
        IDataView photos = _mlContext.Data.LoadFromEnumerable(
            Animals.Rows(100).Select((animal, number) => new PhotographedAnimal { Features = animal.Features, Photo = new Photo(number) }));

        ScoredPhoto[] scored = [.. _mlContext.Data.CreateEnumerable<ScoredPhoto>(_model.Transform(photos), reuseRowObject: false)];

        Assert.Equal(Enumerable.Range(0, 100), scored.Select(row => row.Photo!.Number));
        Assert.Equal(Rows.Scores(_model.Transform(_mlContext.Data.LoadFromEnumerable(Animals.Rows(100)))), scored.Select(row => row.Score));
    }

    private sealed class PhotographedAnimal
    {
        [VectorType(4)]
        public float[] Features { get; set; } = [];

        [PhotoType]
        public Photo? Photo { get; set; }
    }

    private sealed class ScoredPhoto
    {
        [PhotoType]
        public Photo? Photo { get; set; }

        public float[] Score { get; set; } = [];
    }

    private sealed record Photo(int Number);

    private sealed class PhotoType : StructuredDataViewType
    {
        public PhotoType()
            : base(typeof(Photo))
        {
        }

        public override bool Equals(DataViewType? other) => other is PhotoType;

        public override int GetHashCode() => 1;
    }

    private sealed class PhotoTypeAttribute : DataViewTypeAttribute
    {
        public override void Register() => DataViewTypeManager.Register(new PhotoType(), typeof(Photo), this);

        public override bool Equals(DataViewTypeAttribute? other) => other is PhotoTypeAttribute;

        public override int GetHashCode() => 1;
    }
}
