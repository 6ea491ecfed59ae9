using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace NeuralDigits.ML;

/// <summary>What the classes of a model are called: the values of the label's keys, or numbers from 0 where the keys have none.</summary>
internal abstract class ClassLabels
{
    // Far beyond what a network can tell apart, and still within memory.
    private const int MaximumCount = 1 << 20;

    private protected ClassLabels(IReadOnlyList<string> names) => Names = names;

    /// <summary>The classes' names: the values as texts that do not depend on the culture, all different.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The number of classes.</summary>
    public int Count => Names.Count;

    /// <summary>The type of the values; null where the keys have none.</summary>
    public abstract PrimitiveDataViewType? ValueType { get; }

    /// <summary>The labels of a key column.</summary>
    /// <exception cref="ArgumentException">
    /// The values are of a type that cannot be kept, or there are not as many as keys, or a model cannot hold them.
    /// </exception>
    public static ClassLabels Of(DataViewSchema.Column label)
    {
        ulong keys = ((KeyDataViewType)label.Type).Count;
        if (keys > MaximumCount)
        {
            throw new ArgumentException(
                $"The label column '{label.Name}' is of type {label.Type}; expected a key of at most {MaximumCount} classes. " +
                "Make the key of the values that occur, with Conversion.MapValueToKey.");
        }

        int count = (int)keys;
        DataViewType? type = label.Annotations.Schema.GetColumnOrNull(AnnotationNames.KeyValues)?.Type;
        if (type is null)
            return Numbered(count);
        if (type is not VectorDataViewType vector || vector.Size != count)
            throw new ArgumentException($"The key values of the column '{label.Name}' are of type {type}; expected {count} of them.");
        LabelValueType values = LabelValueType.For(vector.ItemType) ?? throw Unsupported(label.Name, vector.ItemType);
        ClassLabels classes = values.Of(label);
        CheckNames(classes.Names, label.Name);
        return classes;
    }

    /// <summary>Labels that are texts.</summary>
    public static ClassLabels Named(IReadOnlyList<string> names) =>
        new ClassLabels<ReadOnlyMemory<char>>(LabelValueType.Text, [.. names.Select(name => name.AsMemory())]);

    /// <summary>The labels of keys that stand for nothing.</summary>
    public static ClassLabels Numbered(int count) =>
        new NumberedClassLabels([.. Enumerable.Range(0, count).Select(label => label.ToString(CultureInfo.InvariantCulture))]);

    public static ArgumentException Unsupported(string columnName, DataViewType type) => new(
        $"The key values of the column '{columnName}' are of type {type}, which a model cannot keep. " +
        "Make the keys of texts, numbers, booleans or times, with Conversion.MapValueToKey.");

    /// <summary>Says what the keys of a column stand for.</summary>
    public abstract void AddKeyValues(DataViewSchema.Annotations.Builder annotations);

    /// <summary>Says which class each value of a vector belongs to.</summary>
    public abstract void AddSlotNames(DataViewSchema.Annotations.Builder annotations);

    /// <summary>Says which class each score of a vector belongs to, and which value of the label.</summary>
    public abstract void AddScoreNames(DataViewSchema.Annotations.Builder annotations);

    /// <summary>The names, of many the first.</summary>
    public string List() => List([.. Enumerable.Range(0, Count)]);

    /// <summary>The names of some classes, of many the first.</summary>
    public string List(IReadOnlyList<int> classes)
    {
        const int shown = 12;
        string names = string.Join(", ", classes.Take(shown).Select(label => Names[label]));
        return names + (classes.Count > shown ? $", ... ({classes.Count} in all)" : "");
    }

    /// <summary>Whether two labels have the same values in the same order.</summary>
    public bool IsSameAs(ClassLabels other) => Equals(ValueType, other.ValueType) && Names.SequenceEqual(other.Names);

    // What a model could not hold at the end of the training is refused before it.
    private static void CheckNames(IReadOnlyList<string> names, string columnName)
    {
        var keys = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int key = 1; key <= names.Count; key++)
        {
            string name = names[key - 1];
            if (keys.TryGetValue(name, out int first))
            {
                throw new ArgumentException(
                    $"The keys {first} and {key} of the column '{columnName}' have the same value, '{name}'; expected that all differ. " +
                    "Make the keys with Conversion.MapValueToKey.");
            }

            int broken = UnicodeText.FirstLoneSurrogate(name);
            if (broken >= 0)
            {
                throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The value of key {key} of the column '{columnName}', '{name.Replace(name[broken], '\uFFFD')}', holds U+{(int)name[broken]:X4} at position {broken}, half of " +
                    $"a surrogate pair; expected whole characters. The text was cut or decoded wrongly where it comes from."));
            }

            keys.Add(name, key);
        }
    }

    private sealed class NumberedClassLabels(IReadOnlyList<string> names) : ClassLabels(names)
    {
        public override PrimitiveDataViewType? ValueType => null;

        public override void AddKeyValues(DataViewSchema.Annotations.Builder annotations)
        {
        }

        public override void AddSlotNames(DataViewSchema.Annotations.Builder annotations)
        {
        }

        public override void AddScoreNames(DataViewSchema.Annotations.Builder annotations)
        {
        }
    }
}

/// <summary>The values of a label's keys.</summary>
/// <typeparam name="T">What ML.NET reads a value as.</typeparam>
internal sealed class ClassLabels<T>(LabelValueType<T> type, T[] values) : ClassLabels([.. values.Select(type.ToText)])
{
    public IReadOnlyList<T> Values => values;

    public override PrimitiveDataViewType ValueType => type.DataType;

    public override void AddKeyValues(DataViewSchema.Annotations.Builder annotations) => AddValues(annotations, AnnotationNames.KeyValues);

    public override void AddSlotNames(DataViewSchema.Annotations.Builder annotations) =>
        annotations.AddNames(AnnotationNames.SlotNames, Count, label => Names[label]);

    public override void AddScoreNames(DataViewSchema.Annotations.Builder annotations)
    {
        AddSlotNames(annotations);
        AddValues(annotations, AnnotationNames.TrainingLabelValues);
    }

    private void AddValues(DataViewSchema.Annotations.Builder annotations, string annotation) => annotations.Add(
        annotation,
        new VectorDataViewType(ValueType, Count),
        (ref VBuffer<T> destination) =>
        {
            VBufferEditor<T> editor = VBufferEditor.Create(ref destination, values.Length);
            values.CopyTo(editor.Values);
            destination = editor.Commit();
        });
}
