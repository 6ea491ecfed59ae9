using System.Runtime.ExceptionServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace NeuralDigits.ML;

/// <summary>
/// The rows of another cursor, read a block at a time, so that a block can be worked on at once. They look as if they were read one by one:
/// where the other cursor fails, this one fails at the same row.
/// </summary>
internal sealed class ReadAheadCursor : DataViewRowCursor
{
    /// <summary>The most rows of a block.</summary>
    public const int MostRows = 128;

    private readonly DataViewRowCursor _input;
    private readonly ReadAheadColumn?[] _columns;
    private readonly ValueGetter<DataViewRowId> _readId;
    private readonly (long Position, long Batch, DataViewRowId Id)[] _rows = new (long, long, DataViewRowId)[MostRows];
    private ExceptionDispatchInfo? _failure;
    private int _row = -1;
    private bool _isInputOver;
    private bool _isOver;

    /// <param name="input">The other cursor, before its first row.</param>
    /// <param name="active">Its columns that will be read, all of types that can be kept.</param>
    public ReadAheadCursor(DataViewRowCursor input, IEnumerable<DataViewSchema.Column> active)
    {
        _input = input;
        _readId = input.GetIdGetter();
        _columns = new ReadAheadColumn?[input.Schema.Count];
        foreach (DataViewSchema.Column column in active)
            _columns[column.Index] = ReadAheadColumn.Create(input, column);
    }

    public override DataViewSchema Schema => _input.Schema;

    public override long Position => _isOver || _row < 0 ? -1 : _rows[_row].Position;

    public override long Batch => _row < 0 ? 0 : _rows[_row].Batch;

    /// <summary>The number of the present block, from 1; 0 before the first.</summary>
    public long Block { get; private set; }

    /// <summary>The number of rows in the present block.</summary>
    public int RowCount { get; private set; }

    /// <summary>The present row, from 0 to <see cref="RowCount"/> - 1.</summary>
    public int Row => Position >= 0 ? _row : throw new InvalidOperationException("The cursor is not on a row: call MoveNext first, and stop when it returns false.");

    /// <summary>The position of a row of the present block.</summary>
    public long PositionOf(int row) => _rows[row].Position;

    /// <summary>An active column.</summary>
    public ReadAheadColumn Column(DataViewSchema.Column column) => _columns[column.Index]
        ?? throw new ArgumentException($"The column '{column.Name}' was not asked for when the cursor was made.", nameof(column));

    public override bool MoveNext()
    {
        if (_isOver || ++_row < RowCount)
            return !_isOver;
        ReadBlock();
        return !_isOver;
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => _columns[column.Index] is not null;

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
        ColumnGetter.As<TValue>(Column(column).GetterFor(this), column);

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = _rows[Row].Id;

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _input.Dispose();
        base.Dispose(disposing);
    }

    private void ReadBlock()
    {
        _failure?.Throw();

        // Each block is larger than the one before: who reads a few rows does not wait for many.
        int most = Math.Clamp(2 * RowCount, 1, MostRows);
        (RowCount, _row) = (0, 0);
        Block++;
        try
        {
            while (RowCount < most && !_isInputOver)
                ReadRow();
        }
        catch (Exception exception) when (RowCount > 0)
        {
            // Its row has not come yet.
            _failure = ExceptionDispatchInfo.Capture(exception);
        }

        _isOver = RowCount == 0;
    }

    private void ReadRow()
    {
        _isInputOver = !_input.MoveNext();
        if (_isInputOver)
            return;
        foreach (ReadAheadColumn? column in _columns)
            column?.Read(RowCount);
        ref (long Position, long Batch, DataViewRowId Id) row = ref _rows[RowCount];
        (row.Position, row.Batch) = (_input.Position, _input.Batch);
        _readId(ref row.Id);
        RowCount++;
    }
}
