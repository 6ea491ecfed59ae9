using Microsoft.ML;
using Microsoft.ML.Data;

namespace NeuralDigits.ML;

/// <summary>The columns of a scored row: those of the input row passed through, and those made by a <see cref="Scorer"/>.</summary>
internal sealed class ScoredColumns
{
    private readonly DataViewRow _input;
    private readonly ScoreSchema _schema;
    private readonly bool[] _isActive;
    private readonly Scorer? _scorer;

    /// <param name="input">The input row: at least the columns needed for the active ones are active in it.</param>
    /// <param name="schema">The columns.</param>
    /// <param name="active">The columns that will be read.</param>
    /// <param name="threads">How many threads may share the work where there is work for several.</param>
    public ScoredColumns(DataViewRow input, ScoreSchema schema, IEnumerable<DataViewSchema.Column> active, int threads)
    {
        _input = input;
        _schema = schema;
        _isActive = new bool[schema.Output.Count];
        foreach (DataViewSchema.Column column in active)
            _isActive[column.Index] = true;
        if (_isActive.AsSpan(schema.Input.Count).Contains(true))
            _scorer = input is ReadAheadCursor rows ? new BlockScorer(rows, schema, threads) : new RowScorer(input, schema);
    }

    public bool IsActive(DataViewSchema.Column column) => _isActive[column.Index];

    public ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsActive(column))
            throw new ArgumentException($"The column '{column.Name}' was not asked for when the row was made.", nameof(column));
        if (_schema.IsInput(column))
            return _input.GetGetter<TValue>(_schema.Input[column.Index]);
        return ColumnGetter.As<TValue>(ScoreGetter(column.Index), column);
    }

    private Delegate ScoreGetter(int column)
    {
        if (column == _schema.PredictedLabel.Index)
            return (ValueGetter<uint>)_scorer!.GetPredictedLabel;
        return column == _schema.Score.Index
            ? (ValueGetter<VBuffer<float>>)_scorer!.GetScore
            : (ValueGetter<VBuffer<float>>)_scorer!.GetActivations;
    }
}
