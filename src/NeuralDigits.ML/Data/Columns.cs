using Microsoft.ML;
using Microsoft.ML.Data;

namespace NeuralDigits.ML;

/// <summary>Finds columns in a schema, and says what is wrong with those that do not fit.</summary>
internal static class Columns
{
    /// <summary>Finds a column.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="role">What the column is for, for the message.</param>
    /// <param name="name">The column's name.</param>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public static DataViewSchema.Column Find(DataViewSchema schema, string role, string name) =>
        schema.GetColumnOrNull(name) ?? throw Missing(role, name, schema.Select(column => column.Name));

    /// <summary>Finds a column of features.</summary>
    /// <exception cref="ArgumentException">There is no such column, or it is not a vector of <see cref="float"/> of known size.</exception>
    public static DataViewSchema.Column FindFeatures(DataViewSchema schema, string name)
    {
        DataViewSchema.Column features = Find(schema, "feature", name);
        if (features.Type is not VectorDataViewType vector || !vector.ItemType.Equals(NumberDataViewType.Single))
            throw NotFeatures(name, features.Type);
        if (!vector.IsKnownSize)
            throw OfUnknownSize(name);
        return features;
    }

    /// <summary>The columns that a cursor is asked for.</summary>
    /// <exception cref="ArgumentException">One is not a column of the schema.</exception>
    public static DataViewSchema.Column[] Needed(DataViewSchema schema, IEnumerable<DataViewSchema.Column> columnsNeeded)
    {
        ArgumentNullException.ThrowIfNull(columnsNeeded);
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        foreach (DataViewSchema.Column column in columns)
        {
            if (column.Index >= schema.Count || schema[column.Index].Name != column.Name)
                throw new ArgumentException($"The column '{column.Name}' is not one of this data view.", nameof(columnsNeeded));
        }

        return columns;
    }

    public static ArgumentException Missing(string role, string name, IEnumerable<string> present) => new(
        $"There is no {role} column '{name}'. The columns are: {string.Join(", ", present.Distinct())}.");

    /// <summary>Refuses a label that is not a key of <see cref="uint"/>, with the transform that makes it one.</summary>
    public static ArgumentException NotAKey(string name, DataViewType type)
    {
        var vector = type as VectorDataViewType;
        return NotAKey(name, type, (vector?.ItemType ?? type) is KeyDataViewType, vector is not null);
    }

    /// <inheritdoc cref="NotAKey(string, DataViewType)"/>
    /// <param name="name">The column's name.</param>
    /// <param name="type">Its type.</param>
    /// <param name="isKey">Whether it is a key, or a vector of keys.</param>
    /// <param name="isVector">Whether it is a vector.</param>
    public static ArgumentException NotAKey(string name, object type, bool isKey, bool isVector)
    {
        (string expected, string advice) = (isKey, isVector) switch
        {
            (_, true) => (
                "a single key of UInt32, not a vector", "Each row belongs to one class: give the column that tells it."),
            (true, false) => (
                "a key of UInt32",
                $"Convert the data before the pipeline, with Transforms.Conversion.ConvertType(\"{name}\", outputKind: DataKind.UInt32)" +
                ".Fit(data).Transform(data): within a pipeline, ML.NET takes the result for a number until there is data."),
            (false, false) => ("a key of UInt32", $"Add Transforms.Conversion.MapValueToKey(\"{name}\") before the trainer."),
        };
        return new ArgumentException($"The label column '{name}' is of type {type}; expected {expected}. {advice}");
    }

    public static ArgumentException NotAWeight(string name, object type) => new(
        $"The example weight column '{name}' is of type {type}; expected Single. " +
        $"Add Transforms.Conversion.ConvertType(\"{name}\") before the trainer.");

    public static ArgumentException NotFeatures(string name, object type) => new(
        $"The feature column '{name}' is of type {type}; expected a vector of Single. Add Transforms.Conversion.ConvertType or " +
        $"Transforms.Concatenate(\"{name}\", ...) before.");

    public static ArgumentException OfUnknownSize(string name) => new(
        $"The feature column '{name}' is a vector of unknown size; a network needs one size for all rows. " +
        "Load the data with a fixed size ([VectorType(784)], for example).");
}
