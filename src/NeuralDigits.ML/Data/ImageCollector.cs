using System.Buffers;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace NeuralDigits.ML;

/// <summary>Makes images of the rows of a data view: what <see cref="ImageDataView"/> does, the other way round.</summary>
internal sealed class ImageCollector
{
    private readonly DataViewSchema.Column _features;
    private readonly DataViewSchema.Column _label;
    private readonly byte[] _labelOfKey;
    private readonly DataSetFormat _format;
    private readonly ArrayBufferWriter<byte> _pixels = new();
    private readonly ArrayBufferWriter<byte> _labels = new();

    private ImageCollector(DataViewSchema schema, string featuresName, string labelName, DataSetFormat format)
    {
        _format = format;
        _features = Columns.FindFeatures(schema, featuresName);
        _label = Columns.Find(schema, "label", labelName);
        if (_label.Type is not KeyDataViewType || _label.Type.RawType != typeof(uint))
            throw Columns.NotAKey(labelName, _label.Type);
        ClassLabels classes = ClassLabels.Of(_label);
        _labelOfKey = [.. classes.Names.Select(LabelNamed)];
    }

    /// <summary>Reads all rows.</summary>
    /// <exception cref="ArgumentException">A column is missing or of the wrong type, or the image size does not fit, or a class is no label.</exception>
    /// <exception cref="InvalidDataException">There is no row, or one has no label or a feature that is no pixel.</exception>
    public static LabelledImages Collect(IDataView data, string featuresName, string labelName, DataSetFormat format)
    {
        var collector = new ImageCollector(data.Schema, featuresName, labelName, format);
        (int rows, int columns) = collector.ImageSize();
        collector.Read(data);
        return new LabelledImages(
            collector._pixels.WrittenMemory, collector._labels.WrittenMemory, rows, columns, format.ClassCount, format.ClassNames);
    }

    private (int Rows, int Columns) ImageSize()
    {
        var type = (VectorDataViewType)_features.Type;
        (int? rows, int? columns) = (_format.Rows, _format.Columns);
        if (type.Dimensions.Length == 2)
            (rows, columns) = (rows ?? type.Dimensions[0], columns ?? type.Dimensions[1]);
        rows ??= type.Size / columns;
        columns ??= type.Size / rows;
        if (rows * columns != type.Size)
        {
            throw new ArgumentException(
                $"The column '{_features.Name}' is of type {type}; expected images of {rows?.ToString(CultureInfo.InvariantCulture) ?? "?"} x " +
                $"{columns?.ToString(CultureInfo.InvariantCulture) ?? "?"} pixels. Give the size that is meant as the format.");
        }

        return (rows!.Value, columns!.Value);
    }

    // IDX has numbers for labels and no place for names.
    private byte LabelNamed(string name)
    {
        if (_format.ClassNames is { } names)
        {
            return names.Index().FirstOrDefault(known => known.Item == name) is (int number, not null)
                ? (byte)number
                : throw new ArgumentException(
                    $"The key of the column '{_label.Name}' has the value '{name}'; expected one of the format's class names: {string.Join(", ", names)}.");
        }

        if (byte.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out byte label)
            && label < _format.ClassCount
            && label.ToString(CultureInfo.InvariantCulture) == name)
        {
            return label;
        }

        throw new ArgumentException(
            $"The key of the column '{_label.Name}' has the value '{name}'; expected numbers from 0 to {_format.ClassCount - 1}, without leading zeros. " +
            "Where the classes have names, give these as the format's ClassNames, in the order of their numbers.");
    }

    private void Read(IDataView data)
    {
        using DataViewRowCursor cursor = data.GetRowCursor([_features, _label]);
        ValueGetter<uint> readLabel = cursor.GetGetter<uint>(_label);
        ValueGetter<VBuffer<float>> readFeatures = cursor.GetGetter<VBuffer<float>>(_features);
        uint key = 0;
        VBuffer<float> features = default;
        long row = 0;
        for (; cursor.MoveNext(); row++)
        {
            readLabel(ref key);
            readFeatures(ref features);
            AddLabel(key, row);
            AddPixels(features, row);
        }

        if (row == 0)
            throw new InvalidDataException("There are no rows, and an IDX file has at least one image.");
    }

    private void AddLabel(uint key, long row)
    {
        if (key == 0 || key > _labelOfKey.Length)
        {
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture,
                $"Row {row}: the key in the column '{_label.Name}' is {key}; expected a key from 1 to {_labelOfKey.Length}."));
        }

        _labels.GetSpan(1)[0] = _labelOfKey[key - 1];
        _labels.Advance(1);
    }

    private void AddPixels(in VBuffer<float> features, long row)
    {
        Span<byte> pixels = _pixels.GetSpan(features.Length)[..features.Length];
        pixels.Clear();
        ReadOnlySpan<float> values = features.GetValues();
        for (int i = 0; i < values.Length; i++)
        {
            int slot = features.IsDense ? i : features.GetIndices()[i];
            float pixel = MathF.Round(values[i] * byte.MaxValue);
            if (!(pixel is >= 0 and <= byte.MaxValue) || Pixel.ToFeature((byte)pixel) != values[i])
            {
                throw new InvalidDataException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Row {row}: value {slot} of the column '{_features.Name}' is {values[i]}; expected k / 255 with k from 0 to 255, " +
                    $"exactly: IDX keeps a pixel in a byte."));
            }

            pixels[slot] = (byte)pixel;
        }

        _pixels.Advance(features.Length);
    }
}
