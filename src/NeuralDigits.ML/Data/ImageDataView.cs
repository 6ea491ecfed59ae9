using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace NeuralDigits.ML;

/// <summary>Images as an <see cref="IDataView"/>: a row for each image, made from its bytes when it is asked for.</summary>
internal sealed class ImageDataView : IDataView
{
    public const string FeaturesName = "Features";
    public const string LabelName = "Label";

    public ImageDataView(LabelledImages images)
    {
        Images = images;
        var builder = new DataViewSchema.Builder();
        var features = new VectorDataViewType(NumberDataViewType.Single, images.PixelsPerImage);
        builder.AddColumn(FeaturesName, features, FeatureAnnotations(images));
        builder.AddColumn(LabelName, new KeyDataViewType(typeof(uint), images.ClassCount), LabelAnnotations(images.ClassNames));
        Schema = builder.ToSchema();
    }

    public LabelledImages Images { get; }

    public DataViewSchema Schema { get; }

    public DataViewSchema.Column Features => Schema[0];

    public DataViewSchema.Column Label => Schema[1];

    public bool CanShuffle => true;

    public long? GetRowCount() => Images.Count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new ImageCursor(this, Columns.Needed(Schema, columnsNeeded), rand is null ? null : ShuffledRows(rand));

    /// <summary>Cursors that take turns at blocks of consecutive rows.</summary>
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        DataViewSchema.Column[] columns = Columns.Needed(Schema, columnsNeeded);
        int[]? order = rand is null ? null : ShuffledRows(rand);
        return [.. Enumerable.Range(0, n).Select(first => new ImageCursor(this, columns, order, first, step: n))];
    }

    private int[] ShuffledRows(Random random)
    {
        int[] rows = [.. Enumerable.Range(0, Images.Count)];
        random.Shuffle(rows);
        return rows;
    }

    private static DataViewSchema.Annotations FeatureAnnotations(LabelledImages images)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.AddNames(
            AnnotationNames.SlotNames,
            images.PixelsPerImage,
            pixel => string.Create(CultureInfo.InvariantCulture, $"row{pixel / images.Columns}column{pixel % images.Columns}"));
        return annotations.ToAnnotations();
    }

    private static DataViewSchema.Annotations LabelAnnotations(IReadOnlyList<string> classNames)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.AddNames(AnnotationNames.KeyValues, classNames.Count, label => classNames[label]);
        return annotations.ToAnnotations();
    }
}
