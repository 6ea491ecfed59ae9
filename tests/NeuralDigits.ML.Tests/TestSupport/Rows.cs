using System.Globalization;
using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace NeuralDigits.ML.Tests;

/// <summary>Rows of data views as texts, so that they can be compared; numbers as their bits.</summary>
internal static class Rows
{
    /// <summary>Every value of every row.</summary>
    public static string[] Of(IDataView view) =>
    [
        .. view.Preview(int.MaxValue).RowView
            .Select(row => string.Join("; ", row.Values.Select(cell => $"{cell.Key}={Text(cell.Value)}"))),
    ];

    /// <summary>The scores of every row.</summary>
    public static float[][] Scores(IDataView view) => [.. view.GetColumn<float[]>("Score")];

    /// <summary>The names, types and annotations of all columns that are not hidden.</summary>
    public static string[] SchemaOf(DataViewSchema schema) =>
    [
        .. schema.Where(column => !column.IsHidden)
            .Select(column => $"{column.Name}: {column.Type} {{{string.Join("; ", AnnotationsOf(column))}}}"),
    ];

    private static IEnumerable<string> AnnotationsOf(DataViewSchema.Column column) =>
        column.Annotations.Schema.OrderBy(annotation => annotation.Name, StringComparer.Ordinal)
            .Select(annotation => $"{annotation.Name}: {annotation.Type} = {Annotation(column, annotation)}");

    private static string Annotation(DataViewSchema.Column column, DataViewSchema.Column annotation) =>
        (string)typeof(Rows).GetMethod(nameof(AnnotationOf), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(annotation.Type.RawType)
            .Invoke(null, [column, annotation.Name])!;

    private static string AnnotationOf<T>(DataViewSchema.Column column, string name)
    {
        T value = default!;
        column.Annotations.GetValue(name, ref value);
        return Text(value);
    }

    public static string Text(object? value) => value switch
    {
        float number => $"{BitConverter.SingleToUInt32Bits(number):x8}",
        VBuffer<float> vector => string.Join(' ', vector.DenseValues().Select(number => Text(number))),
        VBuffer<double> vector => string.Join(' ', vector.DenseValues()),
        VBuffer<int> vector => string.Join(' ', vector.DenseValues()),
        VBuffer<ReadOnlyMemory<char>> vector => string.Join(' ', vector.DenseValues()),
        null => "null",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "null",
    };
}
