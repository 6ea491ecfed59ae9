using Microsoft.ML;
using Microsoft.ML.Data;

namespace NeuralDigits.ML;

/// <summary>Goes through rows and scores those whose scores are read.</summary>
internal sealed class ScoredCursor(DataViewRowCursor input, ScoreSchema schema, IEnumerable<DataViewSchema.Column> active, int threads)
    : DataViewRowCursor
{
    private readonly ScoredColumns _columns = new(input, schema, active, threads);

    public override DataViewSchema Schema => schema.Output;

    public override long Position => input.Position;

    public override long Batch => input.Batch;

    public override bool MoveNext() => input.MoveNext();

    public override bool IsColumnActive(DataViewSchema.Column column) => _columns.IsActive(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _columns.GetGetter<TValue>(column);

    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            input.Dispose();
        base.Dispose(disposing);
    }
}
