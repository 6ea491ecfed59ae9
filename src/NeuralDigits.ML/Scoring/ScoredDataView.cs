using Microsoft.ML;

namespace NeuralDigits.ML;

/// <summary>The rows of another data view with their scores, made when they are read.</summary>
internal sealed class ScoredDataView(IDataView input, ScoreSchema schema) : IDataView
{
    public DataViewSchema Schema => schema.Output;

    public bool CanShuffle => input.CanShuffle;

    public long? GetRowCount() => input.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] active = [.. columnsNeeded];
        return new ScoredCursor(input.GetRowCursor(schema.InputsFor(active), rand), schema, active);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        DataViewSchema.Column[] active = [.. columnsNeeded];
        DataViewRowCursor[] cursors = input.GetRowCursorSet(schema.InputsFor(active), n, rand);
        return [.. cursors.Select(cursor => new ScoredCursor(cursor, schema, active))];
    }
}
