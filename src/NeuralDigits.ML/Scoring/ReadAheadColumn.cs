using Microsoft.ML;
using Microsoft.ML.Data;

namespace NeuralDigits.ML;

/// <summary>The values of a column in the rows that a <see cref="ReadAheadCursor"/> has read.</summary>
internal abstract class ReadAheadColumn
{
    /// <summary>Whether values of a type may be kept and handed out later: not those that someone has to dispose.</summary>
    public static bool CanKeep(DataViewType type) => ((type as VectorDataViewType)?.ItemType ?? type) is PrimitiveDataViewType;

    /// <param name="input">Where the values are read.</param>
    /// <param name="column">The column, of a type that can be kept.</param>
    public static ReadAheadColumn Create(DataViewRowCursor input, DataViewSchema.Column column)
    {
        Type type = column.Type is VectorDataViewType vector
            ? typeof(ReadAheadVectors<>).MakeGenericType(vector.ItemType.RawType)
            : typeof(ReadAheadValues<>).MakeGenericType(column.Type.RawType);
        return (ReadAheadColumn)Activator.CreateInstance(type, input, column)!;
    }

    /// <summary>Reads the value of the input's present row.</summary>
    /// <param name="row">Where it is kept.</param>
    public abstract void Read(int row);

    /// <summary>What gives the value of the row that the cursor is at.</summary>
    public abstract Delegate GetterFor(ReadAheadCursor cursor);
}

/// <inheritdoc/>
internal abstract class ReadAheadColumn<TValue>(DataViewRowCursor input, DataViewSchema.Column column) : ReadAheadColumn
{
    private readonly ValueGetter<TValue> _read = input.GetGetter<TValue>(column);

    /// <summary>The values, of which those of the rows that have been read are valid.</summary>
    public TValue[] Values { get; } = new TValue[ReadAheadCursor.MostRows];

    public override void Read(int row) => _read(ref Values[row]);
}

/// <inheritdoc/>
internal sealed class ReadAheadValues<TValue>(DataViewRowCursor input, DataViewSchema.Column column) : ReadAheadColumn<TValue>(input, column)
{
    public override Delegate GetterFor(ReadAheadCursor cursor) => (ValueGetter<TValue>)((ref TValue value) => value = Values[cursor.Row]);
}

/// <inheritdoc/>
internal sealed class ReadAheadVectors<TItem>(DataViewRowCursor input, DataViewSchema.Column column) : ReadAheadColumn<VBuffer<TItem>>(input, column)
{
    // A copy, since the caller may change what it was given.
    public override Delegate GetterFor(ReadAheadCursor cursor) =>
        (ValueGetter<VBuffer<TItem>>)((ref VBuffer<TItem> vector) => Values[cursor.Row].CopyTo(ref vector));
}
