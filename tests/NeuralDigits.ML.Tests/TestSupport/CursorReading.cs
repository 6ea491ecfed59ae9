using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace NeuralDigits.ML.Tests;

/// <summary>Reads data views through their cursors, as transforms and trainers do.</summary>
internal static class CursorReading
{
    /// <summary>Rows in the order in which one cursor gives them.</summary>
    public static string[] InOrder(IDataView view, IEnumerable<DataViewSchema.Column> columns)
    {
        using DataViewRowCursor cursor = view.GetRowCursor(columns);
        return [.. Rest(cursor, columns).Select(row => row.Text)];
    }

    /// <summary>Rows of a set of cursors, put back into order by their batches.</summary>
    public static string[] FromSet(IDataView view, int count)
    {
        DataViewRowCursor[] cursors = view.GetRowCursorSet(view.Schema, count);
        string[] rows = [.. cursors.SelectMany(cursor => Rest(cursor, view.Schema)).OrderBy(row => row.Batch).Select(row => row.Text)];
        foreach (DataViewRowCursor cursor in cursors)
            cursor.Dispose();
        return rows;
    }

    /// <summary>Rows with their ids, sorted: the same for every order of reading.</summary>
    public static string[] WithIds(IDataView view, Random? random)
    {
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema, random);
        return [.. Rest(cursor, view.Schema).Select(row => $"{row.Id}: {row.Text}").Order(StringComparer.Ordinal)];
    }

    public static List<(long Batch, string Id, string Text)> Rest(DataViewRowCursor cursor, IEnumerable<DataViewSchema.Column> columns)
    {
        Func<string>[] readers = [.. columns.Select(column => Reader(cursor, column))];
        ValueGetter<DataViewRowId> idGetter = cursor.GetIdGetter();
        var rows = new List<(long, string, string)>();
        while (cursor.MoveNext())
        {
            DataViewRowId id = default;
            idGetter(ref id);
            rows.Add((cursor.Batch, id.ToString(), string.Join("; ", readers.Select(read => read()))));
        }

        return rows;
    }

    private static Func<string> Reader(DataViewRow row, DataViewSchema.Column column) =>
        (Func<string>)typeof(CursorReading).GetMethod(nameof(ReaderOf), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(column.Type.RawType)
            .Invoke(null, [row, column])!;

    private static Func<string> ReaderOf<T>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<T> getter = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            return $"{column.Index}:{column.Name}={Rows.Text(value)}";
        };
    }
}
