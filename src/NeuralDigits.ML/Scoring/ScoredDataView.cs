using Microsoft.ML;

namespace NeuralDigits.ML;

/// <summary>The rows of another data view with their scores, made when they are read.</summary>
internal sealed partial class ScoredDataView(IDataView input, ScoreSchema schema, SigmoidMlpTransformer transformer) : IDataView
{
    public DataViewSchema Schema => schema.Output;

    public bool CanShuffle => input.CanShuffle;

    public long? GetRowCount() => input.GetRowCount();

    // All cores share the work, as they do behind a cursor of ML.NET's own transformers.
    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] active = Columns.Needed(Schema, columnsNeeded);
        DataViewSchema.Column[] read = [.. schema.InputsFor(active)];
        return Score(input.GetRowCursor(read, rand), read, active, Environment.ProcessorCount);
    }

    // Here each cursor is meant for a thread of its own.
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        DataViewSchema.Column[] active = Columns.Needed(Schema, columnsNeeded);
        DataViewSchema.Column[] read = [.. schema.InputsFor(active)];
        return [.. input.GetRowCursorSet(read, n, rand).Select(cursor => Score(cursor, read, active, threads: 1))];
    }

    private ScoredCursor Score(DataViewRowCursor rows, DataViewSchema.Column[] read, DataViewSchema.Column[] active, int threads)
    {
        bool inBlocks = active.Any(column => !schema.IsInput(column)) && read.All(column => ReadAheadColumn.CanKeep(column.Type));
        return new ScoredCursor(inBlocks ? new ReadAheadCursor(rows, read) : rows, schema, active, threads);
    }
}
