using System.Runtime.CompilerServices;
using Microsoft.ML;

namespace NeuralDigits.ML.Tests;

/// <summary>What must hold for every estimator, as ML.NET's own tests check it for its estimators.</summary>
internal static class EstimatorCheck
{
    /// <param name="mlContext">Where to save and load.</param>
    /// <param name="estimator">The estimator.</param>
    /// <param name="valid">Data that it takes.</param>
    /// <param name="invalid">Data that it must refuse, both by its schema and by fitting.</param>
    public static void Holds(MLContext mlContext, IEstimator<ITransformer> estimator, IDataView valid, params IDataView[] invalid)
    {
        foreach (IDataView data in invalid)
        {
            Assert.ThrowsAny<ArgumentException>(() => estimator.GetOutputSchema(ShapeOf(data.Schema)));
            Assert.ThrowsAny<ArgumentException>(() => estimator.Fit(data));
        }

        ITransformer fitted = estimator.Fit(valid);
        IDataView output = fitted.Transform(valid);
        SamePromisedAndDelivered(estimator.GetOutputSchema(ShapeOf(valid.Schema)), ShapeOf(output.Schema));
        foreach (IDataView data in invalid)
        {
            Assert.ThrowsAny<ArgumentException>(() => fitted.GetOutputSchema(data.Schema));
            Assert.ThrowsAny<ArgumentException>(() => fitted.Transform(data));
            Assert.ThrowsAny<ArgumentException>(() => fitted.GetRowToRowMapper(data.Schema));
        }

        Assert.Equal(Rows.SchemaOf(output.Schema), Rows.SchemaOf(fitted.GetOutputSchema(valid.Schema)));
        Assert.Equal(Rows.SchemaOf(output.Schema), Rows.SchemaOf(fitted.GetRowToRowMapper(valid.Schema).OutputSchema));
        SameInAllWaysOfReading(output);

        ITransformer loaded = Load(mlContext, Save(mlContext, fitted, valid.Schema));
        IDataView outputOfLoaded = loaded.Transform(valid);
        Assert.Equal(Rows.SchemaOf(output.Schema), Rows.SchemaOf(outputOfLoaded.Schema));
        Assert.Equal(Rows.Of(output), Rows.Of(outputOfLoaded));
    }

    /// <summary>A view gives the same values whichever columns are read, in whatever order, by however many cursors.</summary>
    public static void SameInAllWaysOfReading(IDataView view)
    {
        string[] expected = CursorReading.InOrder(view, view.Schema);
        foreach (DataViewSchema.Column column in view.Schema)
        {
            string[] alone = CursorReading.InOrder(view, [column]);
            Assert.All(alone.Zip(expected), pair => Assert.Contains(pair.First, pair.Second, StringComparison.Ordinal));
        }

        Assert.Equal(expected, CursorReading.FromSet(view, 3));
        if (view.CanShuffle)
            Assert.Equal(CursorReading.WithIds(view, null), CursorReading.WithIds(view, new Random(1)));
    }

    public static byte[] Save(MLContext mlContext, ITransformer model, DataViewSchema inputSchema)
    {
        using var file = new MemoryStream();
        mlContext.Model.Save(model, inputSchema, file);
        return file.ToArray();
    }

    public static ITransformer Load(MLContext mlContext, byte[] file) => mlContext.Model.Load(new MemoryStream(file), out _);

    public static SchemaShape ShapeOf(DataViewSchema schema) => CreateShape(null, schema);

    private static void SamePromisedAndDelivered(SchemaShape promised, SchemaShape delivered)
    {
        SchemaShape.Column[] left = [.. promised.OrderBy(column => column.Name, StringComparer.Ordinal)];
        SchemaShape.Column[] right = [.. delivered.OrderBy(column => column.Name, StringComparer.Ordinal)];
        Assert.Equal(left.Select(column => column.Name), right.Select(column => column.Name));
        for (int i = 0; i < left.Length; i++)
        {
            Assert.True(IsCompatibleWith(ref right[i], left[i]), $"The column {left[i].Name} is not as promised.");
            Assert.Equal(Described(left[i].Annotations), Described(right[i].Annotations));
        }
    }

    private static IEnumerable<string> Described(SchemaShape annotations) => annotations
        .Select(annotation => $"{annotation.Name}: {annotation.Kind} {annotation.ItemType}{(annotation.IsKey ? " key" : "")}")
        .Order(StringComparer.Ordinal);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "Create")]
    private static extern SchemaShape CreateShape(SchemaShape? type, DataViewSchema schema);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "IsCompatibleWith")]
    private static extern bool IsCompatibleWith(ref SchemaShape.Column column, SchemaShape.Column other);
}
