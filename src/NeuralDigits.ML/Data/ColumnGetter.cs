using Microsoft.ML;

namespace NeuralDigits.ML;

internal static class ColumnGetter
{
    /// <summary>A getter as what the caller takes it for, or a refusal that says what it is.</summary>
    public static ValueGetter<TValue> As<TValue>(Delegate getter, DataViewSchema.Column column) =>
        getter as ValueGetter<TValue>
        ?? throw new InvalidOperationException(
            $"The column '{column.Name}' is of type {column.Type} and read as {column.Type.RawType}, not as {typeof(TValue)}.");
}
