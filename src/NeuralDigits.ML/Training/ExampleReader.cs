using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace NeuralDigits.ML;

/// <summary>Reads the rows of a data view, once, into a set of examples to train with.</summary>
internal static class ExampleReader
{
    /// <summary>Reads all rows that have a label. How many have none is said in the log.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="columns">The columns to read.</param>
    /// <param name="what">What the rows are for, for messages: "training" or "validation".</param>
    /// <param name="log">The log.</param>
    /// <param name="cancellation">Stops the reading between two rows.</param>
    /// <exception cref="InvalidDataException">A feature is not finite, a label is not one of its keys, or no row has a label.</exception>
    public static ExampleSet Read(IDataView data, TrainingColumns columns, string what, IChannel log, CancellationToken cancellation)
    {
        var examples = new ExampleSetBuilder(columns.FeatureCount, columns.Classes.Count);
        using DataViewRowCursor cursor = data.GetRowCursor([columns.Label, columns.Features]);
        ValueGetter<uint> readLabel = cursor.GetGetter<uint>(columns.Label);
        ValueGetter<VBuffer<float>> readFeatures = cursor.GetGetter<VBuffer<float>>(columns.Features);

        uint label = 0;
        VBuffer<float> features = default;
        long rows = 0;
        for (; cursor.MoveNext(); rows++)
        {
            cancellation.ThrowIfCancellationRequested();
            readLabel(ref label);
            if (label == 0)
                continue;
            readFeatures(ref features);
            CheckLabel(label, columns, rows);
            CheckFeatures(features, columns, rows);
            Add(examples, features, (int)(label - 1));
        }

        if (examples.Count == 0)
            throw new InvalidDataException($"None of the {rows} {what} rows has a label in the column '{columns.Label.Name}'.");
        if (examples.Count < rows)
        {
            log.Warning(
                MessageSensitivity.None,
                string.Create(CultureInfo.InvariantCulture, $"Skipped {rows - examples.Count} of {rows} {what} rows: they have no label."));
        }

        return examples.Build();
    }

    private static void Add(ExampleSetBuilder examples, in VBuffer<float> features, int label)
    {
        if (features.IsDense)
            examples.Add(features.GetValues(), label);
        else
            examples.AddSparse(features.GetIndices(), features.GetValues(), label);
    }

    private static void CheckLabel(uint label, TrainingColumns columns, long row)
    {
        if (label > columns.Classes.Count)
        {
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture,
                $"Row {row}: the key in the column '{columns.Label.Name}' is {label}; expected at most {columns.Classes.Count}."));
        }
    }

    private static void CheckFeatures(in VBuffer<float> features, TrainingColumns columns, long row)
    {
        if (features.Length != columns.FeatureCount)
        {
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture,
                $"Row {row}: the column '{columns.Features.Name}' holds {features.Length} values; expected {columns.FeatureCount}."));
        }

        ReadOnlySpan<float> values = features.GetValues();
        int wrong = FiniteFeatures.FirstOther(values);
        if (wrong >= 0)
        {
            int slot = features.IsDense ? wrong : features.GetIndices()[wrong];
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture,
                $"Row {row}: value {slot} of the column '{columns.Features.Name}' is {values[wrong]}; features are finite numbers. " +
                $"Replace missing values before, for example with Transforms.ReplaceMissingValues."));
        }
    }
}
