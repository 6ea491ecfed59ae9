using NeuralDigits.ML;

#pragma warning disable IDE0130 // Here `using Microsoft.ML;` finds the extension methods, as it does ML.NET's own.
namespace Microsoft.ML;
#pragma warning restore IDE0130

/// <summary>Saves models so that the same model gives the same file.</summary>
public static class ReproducibleModelCatalog
{
    /// <summary>
    /// Saves like <see cref="ModelOperationsCatalog.Save(ITransformer, DataViewSchema, Stream)"/>, but the same model gives the same bytes
    /// at any time and on any system. The file is loaded like any other.
    /// </summary>
    /// <remarks>
    /// ML.NET writes the time into the file, and compresses it as the present version of .NET does. Here entries carry one fixed time and
    /// are stored uncompressed. A chain is reproducible as far as its other transformers write the same bytes each time.
    /// <para>
    /// What this library writes into the file has a checksum, and is refused when a bit of it changed. ML.NET's own parts, such as the columns
    /// that the model takes, have only that of the zip format, which ML.NET passes over: it may read other columns from a damaged file, or not
    /// come to an end. Where files come from elsewhere, load them with <see cref="CheckedModelCatalog"/>.
    /// </para>
    /// </remarks>
    /// <param name="catalog">The catalog, <c>mlContext.Model</c>.</param>
    /// <param name="model">The model.</param>
    /// <param name="inputSchema">The columns that the model takes; null to save none.</param>
    /// <param name="stream">Where to write.</param>
    public static void SaveReproducibly(this ModelOperationsCatalog catalog, ITransformer model, DataViewSchema? inputSchema, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(stream);
        using var file = new MemoryStream();
        catalog.Save(model, inputSchema, file);
        file.Position = 0;
        stream.Write(ReproducibleZip.Rewrite(file));
    }
}
