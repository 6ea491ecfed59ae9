using NeuralDigits;
using NeuralDigits.ML;

#pragma warning disable IDE0130 // Here `using Microsoft.ML;` finds the extension methods, as it does ML.NET's own.
namespace Microsoft.ML;
#pragma warning restore IDE0130

/// <summary>Loads models whose files are checked before ML.NET sees them.</summary>
/// <remarks>
/// ML.NET's own <c>Load</c> passes over the checksums of the file, and trusts the lengths that it finds: one changed bit may let it load
/// another model than was saved, or run for minutes. These methods end at once, with the same model or an
/// <see cref="InvalidDataException"/>. They take files of 2 GB at most.
/// </remarks>
public static class CheckedModelCatalog
{
    /// <summary>Loads a network of sigmoid neurons without ML.NET's own reader: the one to use for files from people one does not trust.</summary>
    /// <remarks>
    /// Whatever the file holds, nothing but numbers and texts is read from it, no code is looked for, and no more memory is taken than the
    /// file has bytes, times a hundred if it is compressed. The input schema in the file, which is ML.NET's, is not read. A pipeline of
    /// several steps is refused: see <see cref="LoadChecked(ModelOperationsCatalog, Stream, out DataViewSchema)"/>.
    /// </remarks>
    /// <param name="catalog">The catalog, <c>mlContext.Model</c>.</param>
    /// <param name="stream">The model file; it is read to its end.</param>
    /// <exception cref="InvalidDataException">The file is damaged, or does not hold such a network alone.</exception>
    public static SigmoidMlpTransformer LoadSigmoidMlp(this ModelOperationsCatalog catalog, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return ReadSigmoidMlp(ContentOf(stream));
    }

    /// <inheritdoc cref="LoadSigmoidMlp(ModelOperationsCatalog, Stream)"/>
    /// <param name="catalog">The catalog, <c>mlContext.Model</c>.</param>
    /// <param name="filePath">The model file. Messages name it.</param>
    public static SigmoidMlpTransformer LoadSigmoidMlp(this ModelOperationsCatalog catalog, string filePath)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(filePath);
        byte[] file = RegularFile.ReadAllBytes(filePath);
        return Named(filePath, () => ReadSigmoidMlp(file));
    }

    /// <summary>Loads any model, as <see cref="ModelOperationsCatalog.Load(Stream, out DataViewSchema)"/> does, if its file is undamaged.</summary>
    /// <remarks>
    /// The checksum of every part is compared before ML.NET sees the file. That finds all damage; but whoever makes a file makes its
    /// checksums as well. So load files of several steps only from those you trust, as with any ML.NET model.
    /// </remarks>
    /// <param name="catalog">The catalog, <c>mlContext.Model</c>.</param>
    /// <param name="stream">The model file; it is read to its end.</param>
    /// <param name="inputSchema">The columns that the model takes; null if none were saved.</param>
    /// <exception cref="InvalidDataException">The file is damaged, or ML.NET cannot load it.</exception>
    public static ITransformer LoadChecked(this ModelOperationsCatalog catalog, Stream stream, out DataViewSchema? inputSchema)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return ReadChecked(catalog, ContentOf(stream), out inputSchema);
    }

    /// <inheritdoc cref="LoadChecked(ModelOperationsCatalog, Stream, out DataViewSchema)"/>
    /// <param name="catalog">The catalog, <c>mlContext.Model</c>.</param>
    /// <param name="filePath">The model file. Messages name it.</param>
    /// <param name="inputSchema">The columns that the model takes; null if none were saved.</param>
    public static ITransformer LoadChecked(this ModelOperationsCatalog catalog, string filePath, out DataViewSchema? inputSchema)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(filePath);
        byte[] file = RegularFile.ReadAllBytes(filePath);
        DataViewSchema? schema = null;
        ITransformer model = Named(filePath, () => ReadChecked(catalog, file, out schema));
        inputSchema = schema;
        return model;
    }

    private static SigmoidMlpTransformer ReadSigmoidMlp(byte[] file) => SavedTransformer.Read(NetworkEntry.BodyIn(CheckedZip.Read(file)));

    private static ITransformer ReadChecked(ModelOperationsCatalog catalog, byte[] file, out DataViewSchema? inputSchema)
    {
        CheckedZip.Read(file);
        try
        {
            return catalog.Load(new MemoryStream(file, writable: false), out inputSchema);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // ML.NET says in many exceptions that a file is no model, or one of another kind.
            throw new InvalidDataException($"ML.NET cannot load the model file: {exception.Message}", exception);
        }
    }

    private static byte[] ContentOf(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    private static T Named<T>(string path, Func<T> load)
    {
        try
        {
            return load();
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }
}
