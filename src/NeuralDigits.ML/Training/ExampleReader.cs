using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace NeuralDigits.ML;

/// <summary>Reads the rows of a data view, once, into a set of examples to train with.</summary>
internal sealed class ExampleReader
{
    private readonly TrainingColumns _columns;
    private readonly IChannel _log;
    private bool _hasWarnedOfRange;

    private ExampleReader(TrainingColumns columns, IChannel log)
    {
        _columns = columns;
        _log = log;
    }

    /// <summary>All rows that have a label, as a set. Images are taken as they are: their bytes are neither read nor copied.</summary>
    /// <inheritdoc cref="Read"/>
    public static ExampleSet ReadSet(IDataView data, TrainingColumns columns, string what, IChannel log, CancellationToken cancellation) =>
        data is ImageDataView view ? new ImageExamples(view.Images) : Read(data, columns, what, log, cancellation).Build();

    /// <summary>Reads all rows that have a label. How many have none is said in the log.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="columns">The columns to read.</param>
    /// <param name="what">What the rows are for, for messages: "training" or "validation".</param>
    /// <param name="log">The log.</param>
    /// <param name="cancellation">Stops the reading between two rows.</param>
    /// <exception cref="InvalidDataException">
    /// A feature is not finite, a weight is not a finite number from 0, a label is not one of its keys, or no row has a label.
    /// </exception>
    public static ExampleSetBuilder Read(
        IDataView data, TrainingColumns columns, string what, IChannel log, CancellationToken cancellation)
    {
        var examples = new ExampleSetBuilder(columns.FeatureCount, columns.Classes.Count);
        long rows = new ExampleReader(columns, log).ReadInto(examples, data, cancellation);
        if (examples.Count == 0)
        {
            throw new InvalidDataException(rows == 0
                ? $"There are no {what} rows."
                : $"None of the {rows} {what} rows has a label in the column '{columns.Label.Name}'.");
        }

        if (examples.Count < rows)
        {
            log.Warning(
                MessageSensitivity.None,
                string.Create(CultureInfo.InvariantCulture, $"Skipped {rows - examples.Count} of {rows} {what} rows: they have no label."));
        }

        return examples;
    }

    // One cursor and no shuffling: the order of the examples is that of the rows, whatever the source can do.
    private long ReadInto(ExampleSetBuilder examples, IDataView data, CancellationToken cancellation)
    {
        using DataViewRowCursor cursor = data.GetRowCursor(_columns.All);
        ValueGetter<uint> readLabel = cursor.GetGetter<uint>(_columns.Label);
        ValueGetter<VBuffer<float>> readFeatures = cursor.GetGetter<VBuffer<float>>(_columns.Features);
        ValueGetter<float>? readWeight = _columns.Weight is { } column ? cursor.GetGetter<float>(column) : null;

        uint label = 0;
        VBuffer<float> features = default;
        float weight = 1;
        long rows = 0;
        for (; cursor.MoveNext(); rows++)
        {
            cancellation.ThrowIfCancellationRequested();
            readLabel(ref label);
            if (label == 0)
                continue;
            readFeatures(ref features);
            readWeight?.Invoke(ref weight);
            CheckLabel(label, rows);
            CheckWeight(weight, rows);
            CheckFeatures(features, rows);
            Add(examples, features, (int)(label - 1), weight);
        }

        return rows;
    }

    private static void Add(ExampleSetBuilder examples, in VBuffer<float> features, int label, float weight)
    {
        if (features.IsDense)
            examples.Add(features.GetValues(), label, weight);
        else
            examples.AddSparse(features.GetIndices(), features.GetValues(), label, weight);
    }

    private void CheckLabel(uint label, long row)
    {
        if (label > _columns.Classes.Count)
        {
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture,
                $"Row {row}: the key in the column '{_columns.Label.Name}' is {label}; expected at most {_columns.Classes.Count}."));
        }
    }

    private void CheckWeight(float weight, long row)
    {
        if (!(weight >= 0 && float.IsFinite(weight)))
        {
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture,
                $"Row {row}: the weight in the column '{_columns.Weight?.Name}' is {weight}; expected a finite number from 0."));
        }
    }

    private void CheckFeatures(in VBuffer<float> features, long row)
    {
        if (features.Length != _columns.FeatureCount)
        {
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture,
                $"Row {row}: the column '{_columns.Features.Name}' holds {features.Length} values; expected {_columns.FeatureCount}."));
        }

        int far = FeatureRange.FirstBeyond(features.GetValues(), _hasWarnedOfRange ? FeatureRange.Finite : FeatureRange.Usual);
        if (far < 0)
            return;
        int wrong = FeatureRange.FirstBeyond(features.GetValues(), FeatureRange.Finite);
        if (wrong >= 0)
        {
            throw new InvalidDataException(
                $"{Describe(features, wrong, row)}; features are finite numbers. " +
                "Replace missing values before, for example with Transforms.ReplaceMissingValues.");
        }

        _hasWarnedOfRange = true;
        _log.Warning(
            MessageSensitivity.UserData | MessageSensitivity.Schema,
            $"{Describe(features, far, row)}. Features should lie near the range from 0 to 1: far outside, neurons saturate and " +
            $"hardly learn. Add Transforms.NormalizeMinMax(\"{_columns.Features.Name}\") before the trainer.");
    }

    private string Describe(in VBuffer<float> features, int index, long row)
    {
        int slot = features.IsDense ? index : features.GetIndices()[index];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Row {row}: value {slot}{NameOf(slot)} of the column '{_columns.Features.Name}' is {features.GetValues()[index]}");
    }

    private string NameOf(int slot)
    {
        DataViewType? type = _columns.Features.Annotations.Schema.GetColumnOrNull(AnnotationNames.SlotNames)?.Type;
        if (type is not VectorDataViewType { ItemType: TextDataViewType } names || names.Size != _columns.FeatureCount)
            return "";
        VBuffer<ReadOnlyMemory<char>> values = default;
        _columns.Features.Annotations.GetValue(AnnotationNames.SlotNames, ref values);
        ReadOnlyMemory<char> name = values.GetItemOrDefault(slot);
        return name.IsEmpty ? "" : $" ({name})";
    }
}
