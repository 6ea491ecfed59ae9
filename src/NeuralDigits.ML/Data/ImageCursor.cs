using Microsoft.ML;
using Microsoft.ML.Data;

namespace NeuralDigits.ML;

/// <summary>Goes through the rows of an <see cref="ImageDataView"/>, or through every so manieth block of them.</summary>
internal sealed class ImageCursor : DataViewRowCursor
{
    private const int BlockLength = 64;

    private readonly ImageDataView _view;
    private readonly int[]? _order;
    private readonly int _step;
    private readonly bool[] _isActive;
    private int _block;
    private int _inBlock = -1;
    private long _position = -1;
    private bool _isOver;

    /// <param name="view">The view.</param>
    /// <param name="columnsNeeded">The columns that will be read.</param>
    /// <param name="order">The rows in the order to go through them; null for their own.</param>
    /// <param name="first">The first block of rows to take.</param>
    /// <param name="step">The distance from one block to the next.</param>
    public ImageCursor(ImageDataView view, IEnumerable<DataViewSchema.Column> columnsNeeded, int[]? order, int first = 0, int step = 1)
    {
        _view = view;
        _order = order;
        _block = first;
        _step = step;
        _isActive = new bool[view.Schema.Count];
        foreach (DataViewSchema.Column column in columnsNeeded)
            _isActive[column.Index] = true;
    }

    public override DataViewSchema Schema => _view.Schema;

    public override long Position => _position;

    // Rows of a cursor set are put back into order by their batches.
    public override long Batch => _block;

    private int Row
    {
        get
        {
            if (_position < 0)
                throw new InvalidOperationException("The cursor is not on a row: call MoveNext first, and stop when it returns false.");
            int place = (_block * BlockLength) + _inBlock;
            return _order is null ? place : _order[place];
        }
    }

    public override bool MoveNext()
    {
        if (_isOver)
            return false;
        if (++_inBlock == BlockLength)
        {
            _inBlock = 0;
            _block += _step;
        }

        _isOver = ((long)_block * BlockLength) + _inBlock >= _view.Images.Count;
        _position = _isOver ? -1 : _position + 1;
        return !_isOver;
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => _isActive[column.Index];

    public override ValueGetter<DataViewRowId> GetIdGetter() =>
        (ref DataViewRowId id) => id = new DataViewRowId((ulong)Row, 0);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsColumnActive(column))
            throw new ArgumentException($"The column '{column.Name}' was not asked for when the cursor was made.", nameof(column));
        Delegate getter = column.Index == _view.Label.Index ? (ValueGetter<uint>)GetLabel : (ValueGetter<VBuffer<float>>)GetFeatures;
        return ColumnGetter.As<TValue>(getter, column);
    }

    private void GetLabel(ref uint label) => label = _view.Images.Labels.Span[Row] + 1u;

    private void GetFeatures(ref VBuffer<float> features)
    {
        ReadOnlySpan<byte> pixels = _view.Images.Image(Row);
        VBufferEditor<float> editor = VBufferEditor.Create(ref features, pixels.Length);
        Pixel.ToFeatures(pixels, editor.Values);
        features = editor.Commit();
    }
}
