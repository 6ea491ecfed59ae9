using Microsoft.ML;
using Microsoft.ML.Data;

namespace NeuralDigits.ML;

/// <summary>Scores a row that the caller fills, as prediction engines do.</summary>
internal sealed class ScoreMapper(ScoreSchema schema) : IRowToRowMapper
{
    public DataViewSchema InputSchema => schema.Input;

    public DataViewSchema OutputSchema => schema.Output;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) =>
        schema.InputsFor(dependingColumns);

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns) =>
        new ScoredRow(input, schema, activeColumns);

    private sealed class ScoredRow(DataViewRow input, ScoreSchema schema, IEnumerable<DataViewSchema.Column> active) : DataViewRow
    {
        private readonly ScoredColumns _columns = new(input, schema, active, threads: 1);

        public override DataViewSchema Schema => schema.Output;

        public override long Position => input.Position;

        public override long Batch => input.Batch;

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
}
