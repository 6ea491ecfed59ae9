using NeuralDigits;
using NeuralDigits.ML;

#pragma warning disable IDE0130 // Here `using Microsoft.ML;` finds the extension methods, as it does ML.NET's own.
namespace Microsoft.ML;
#pragma warning restore IDE0130

/// <summary>Loads images of the MNIST kind into data views, and saves them.</summary>
/// <remarks>
/// The pixels stay bytes in memory, a quarter of what they would take as <see cref="float"/>. A row is made when a
/// cursor asks for it. Columns:
/// <list type="bullet">
/// <item><description><c>Features</c>, a vector of <see cref="float"/>: pixel / 255, from 0 to 1, row after row; the slots are called
/// <c>row0column0</c>, <c>row0column1</c> and so on.</description></item>
/// <item><description><c>Label</c>, a key whose values are the names of the classes, which are texts, "0", "1" and so on where they have
/// no others: trainers take it as it is.</description></item>
/// </list>
/// </remarks>
public static class ImageDataCatalog
{
    /// <summary>Loads an image file and the label file that belongs to it, both in IDX format, gzipped or not.</summary>
    /// <param name="catalog">The catalog, <c>mlContext.Data</c>.</param>
    /// <param name="imagesPath">The image file.</param>
    /// <param name="labelsPath">The label file.</param>
    /// <param name="format">The image size and the number of classes to expect; MNIST's when left out.</param>
    /// <exception cref="InvalidDataException">A file is malformed, or the two do not belong together.</exception>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static IDataView LoadFromIdx(
        this DataOperationsCatalog catalog, string imagesPath, string labelsPath, DataSetFormat? format = null) =>
        catalog.LoadFromImages(IdxFile.Read(imagesPath, labelsPath, format));

    /// <summary>Loads the four files of MNIST, or of a data set of the same kind, from a folder.</summary>
    /// <param name="catalog">The catalog, <c>mlContext.Data</c>.</param>
    /// <param name="folder">The folder; see <see cref="DataSet.Load"/> for the names of the files.</param>
    /// <param name="format">The image size and the number of classes to expect; MNIST's when left out.</param>
    /// <returns>Three views. Of MNIST's 60,000 training images, the last 10,000 are the validation set.</returns>
    /// <exception cref="InvalidDataException">A file is malformed, or the files do not belong together.</exception>
    /// <exception cref="IOException">The folder or a file is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static DataSetViews LoadMnist(this DataOperationsCatalog catalog, string folder, DataSetFormat? format = null)
    {
        DataSet data = DataSet.Load(folder, format);
        return new DataSetViews(
            catalog.LoadFromImages(data.Training), catalog.LoadFromImages(data.Validation), catalog.LoadFromImages(data.Test));
    }

    /// <summary>Makes a view of images that are in memory. Nothing is copied.</summary>
    /// <param name="catalog">The catalog, <c>mlContext.Data</c>.</param>
    /// <param name="images">The images.</param>
    public static IDataView LoadFromImages(this DataOperationsCatalog catalog, LabelledImages images)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(images);
        return new ImageDataView(images);
    }

    /// <summary>Writes the rows of a view as an image file and a label file in IDX format, uncompressed, in place of any that are there.</summary>
    /// <remarks>
    /// The other way round than <see cref="LoadFromIdx"/>, and just as strict: what a byte cannot keep is refused, not rounded. A file
    /// appears whole or not at all.
    /// </remarks>
    /// <param name="catalog">The catalog, <c>mlContext.Data</c>.</param>
    /// <param name="data">The rows.</param>
    /// <param name="imagesPath">The image file.</param>
    /// <param name="labelsPath">The label file.</param>
    /// <param name="format">
    /// The image size and the number of classes; MNIST's when left out. Where it leaves rows or columns open, the type of the features
    /// decides.
    /// </param>
    /// <param name="featureColumnName">The column of the pixels, a vector of <see cref="float"/> as many as an image has, each k / 255.</param>
    /// <param name="labelColumnName">
    /// The column of the labels, a key. Its values are the class names of <paramref name="format"/>, or where it has none numbers, or texts that
    /// are; a key without values stands for a number from 0.
    /// </param>
    /// <exception cref="ArgumentException">
    /// A column is missing or of the wrong type, or the image size is another, or a value of the label is not a class name or a number below
    /// the number of classes.
    /// </exception>
    /// <exception cref="InvalidDataException">There is no row, or a row has no label, or a feature is not exactly k / 255.</exception>
    /// <exception cref="IOException">A folder is missing, or a file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be written.</exception>
    public static void SaveAsIdx(
        this DataOperationsCatalog catalog,
        IDataView data,
        string imagesPath,
        string labelsPath,
        DataSetFormat? format = null,
        string featureColumnName = ImageDataView.FeaturesName,
        string labelColumnName = ImageDataView.LabelName)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        LabelledImages images = ImageCollector.Collect(data, featureColumnName, labelColumnName, format ?? new DataSetFormat());
        IdxFile.Write(images, imagesPath, labelsPath);
    }
}
