using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace NeuralDigits.ML;

/// <summary>A type that the values of a label may have: how they are read from a column, written, and made texts.</summary>
internal abstract class LabelValueType(byte code, PrimitiveDataViewType dataType)
{
    public static readonly LabelValueType<ReadOnlyMemory<char>> Text = new(
        1, TextDataViewType.Instance, value => value.ToString(),
        (to, value) => to.Write(value.ToString()), from => from.ReadString().AsMemory());

    // The codes are part of the saved form: never change one, never use one again.
    private static readonly LabelValueType[] All =
    [
        Text,
        Number(2, NumberDataViewType.SByte, (to, value) => to.Write(value), from => from.ReadSByte()),
        Number(3, NumberDataViewType.Byte, (to, value) => to.Write(value), from => from.ReadByte()),
        Number(4, NumberDataViewType.Int16, (to, value) => to.Write(value), from => from.ReadInt16()),
        Number(5, NumberDataViewType.UInt16, (to, value) => to.Write(value), from => from.ReadUInt16()),
        Number(6, NumberDataViewType.Int32, (to, value) => to.Write(value), from => from.ReadInt32()),
        Number(7, NumberDataViewType.UInt32, (to, value) => to.Write(value), from => from.ReadUInt32()),
        Number(8, NumberDataViewType.Int64, (to, value) => to.Write(value), from => from.ReadInt64()),
        Number(9, NumberDataViewType.UInt64, (to, value) => to.Write(value), from => from.ReadUInt64()),
        Number(10, NumberDataViewType.Single, (to, value) => to.Write(value), from => from.ReadSingle()),
        Number(11, NumberDataViewType.Double, (to, value) => to.Write(value), from => from.ReadDouble()),
        new LabelValueType<bool>(
            12, BooleanDataViewType.Instance, value => value.ToString(), (to, value) => to.Write(value), from => from.ReadBoolean()),
        new LabelValueType<DateTime>(
            13, DateTimeDataViewType.Instance, value => value.ToString("yyyy-MM-ddTHH:mm:ss.fffffff", CultureInfo.InvariantCulture),
            (to, value) => to.Write(value.Ticks), from => new DateTime(from.ReadInt64())),
    ];

    /// <summary>What stands for the type in the saved form.</summary>
    public byte Code { get; } = code;

    public PrimitiveDataViewType DataType { get; } = dataType;

    /// <summary>The type that ML.NET has this type for; null if values of it cannot be kept.</summary>
    public static LabelValueType? For(DataViewType dataType) => All.FirstOrDefault(type => type.DataType.Equals(dataType));

    /// <summary>The type that a code stands for; null if there is none.</summary>
    public static LabelValueType? For(byte code) => All.FirstOrDefault(type => type.Code == code);

    /// <summary>The key values of a column.</summary>
    public abstract ClassLabels Of(DataViewSchema.Column label);

    public abstract void Write(BinaryWriter destination, ClassLabels labels);

    public abstract ClassLabels Read(BinaryReader source, int count);

    private static LabelValueType<T> Number<T>(
        byte code, NumberDataViewType dataType, Action<BinaryWriter, T> write, Func<BinaryReader, T> read)
        where T : IFormattable =>
        new(code, dataType, value => value.ToString(null, CultureInfo.InvariantCulture), write, read);
}

/// <inheritdoc cref="LabelValueType"/>
/// <typeparam name="T">What ML.NET reads a value as.</typeparam>
internal sealed class LabelValueType<T>(
    byte code, PrimitiveDataViewType dataType, Func<T, string> toText, Action<BinaryWriter, T> write, Func<BinaryReader, T> read)
    : LabelValueType(code, dataType)
{
    public Func<T, string> ToText => toText;

    public override ClassLabels Of(DataViewSchema.Column label)
    {
        VBuffer<T> values = default;
        label.Annotations.GetValue(AnnotationNames.KeyValues, ref values);
        return new ClassLabels<T>(this, [.. values.DenseValues()]);
    }

    public override void Write(BinaryWriter destination, ClassLabels labels)
    {
        foreach (T value in ((ClassLabels<T>)labels).Values)
            write(destination, value);
    }

    public override ClassLabels Read(BinaryReader source, int count)
    {
        var values = new List<T>();
        for (int i = 0; i < count; i++)
            values.Add(read(source));
        return new ClassLabels<T>(this, [.. values]);
    }
}
