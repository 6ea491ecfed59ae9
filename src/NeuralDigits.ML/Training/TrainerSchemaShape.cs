using Microsoft.ML;
using Microsoft.ML.Data;
using ColumnKind = Microsoft.ML.SchemaShape.Column.VectorKind;

namespace NeuralDigits.ML;

/// <summary>
/// What a trainer tells about its output before it has seen data: the same as <see cref="ScoreSchema"/> tells afterwards.
/// </summary>
internal static class TrainerSchemaShape
{
    /// <summary>The input's columns, and those of the scores in place of any that have their names.</summary>
    /// <exception cref="ArgumentException">A column is missing or of a type that cannot be trained with.</exception>
    public static SchemaShape Output(SchemaShape input, SigmoidMlpTrainer.Options options)
    {
        SchemaShape.Column label = Find(input, "label", options.LabelColumnName);
        CheckLabel(label);
        CheckFeatures(Find(input, "feature", options.FeatureColumnName));
        if (options.ExampleWeightColumnName is { } weightName)
            CheckWeight(Find(input, "example weight", weightName));

        SchemaShape.Column[] shared =
        [
            Scalar(AnnotationNames.ScoreColumnSetId, NumberDataViewType.UInt32, isKey: true),
            Scalar(AnnotationNames.ScoreColumnKind, TextDataViewType.Instance),
            Scalar(AnnotationNames.ScoreValueKind, TextDataViewType.Instance),
        ];
        (SchemaShape.Column[] values, SchemaShape.Column[] names, SchemaShape.Column[] labelValues) = LabelAnnotations(label);
        List<SchemaShape.Column> added =
        [
            MlNetInternals.CreateColumn(
                AnnotationNames.PredictedLabel, ColumnKind.Scalar, NumberDataViewType.UInt32, true, new SchemaShape([.. shared, .. values])),
            Vector(AnnotationNames.Score, NumberDataViewType.Single, new SchemaShape([.. shared, .. names, .. labelValues])),
        ];
        if (options.AddActivationsColumn)
            added.Add(Vector(AnnotationNames.Activations, NumberDataViewType.Single, new SchemaShape([.. shared, .. names])));
        return new SchemaShape([.. input.Where(column => added.TrueForAll(other => other.Name != column.Name)), .. added]);
    }

    private static (SchemaShape.Column[] Values, SchemaShape.Column[] Names, SchemaShape.Column[] LabelValues) LabelAnnotations(
        SchemaShape.Column label)
    {
        SchemaShape.Column[] values = [.. label.Annotations.Where(annotation => annotation.Name == AnnotationNames.KeyValues)];
        if (values is not [{ ItemType: DataViewType type }])
            return ([], [], []);
        if (LabelValueType.For(type) is null)
            throw ClassLabels.Unsupported(label.Name, type);
        return (values, [Vector(AnnotationNames.SlotNames, TextDataViewType.Instance)], [Vector(AnnotationNames.TrainingLabelValues, type)]);
    }

    private static SchemaShape.Column Find(SchemaShape input, string role, string name)
    {
        foreach (SchemaShape.Column column in input)
        {
            if (column.Name == name)
                return column;
        }

        throw Columns.Missing(role, name, input.Select(column => column.Name));
    }

    private static void CheckLabel(SchemaShape.Column label)
    {
        if (!label.IsKey || label.Kind != ColumnKind.Scalar || !label.ItemType.Equals(NumberDataViewType.UInt32))
            throw Columns.NotAKey(label.Name, Describe(label), label.IsKey, label.Kind != ColumnKind.Scalar);
    }

    private static void CheckFeatures(SchemaShape.Column features)
    {
        if (features.IsKey || features.Kind == ColumnKind.Scalar || !features.ItemType.Equals(NumberDataViewType.Single))
            throw Columns.NotFeatures(features.Name, Describe(features));
        if (features.Kind == ColumnKind.VariableVector)
            throw Columns.OfUnknownSize(features.Name);
    }

    private static void CheckWeight(SchemaShape.Column weight)
    {
        if (weight.IsKey || weight.Kind != ColumnKind.Scalar || !weight.ItemType.Equals(NumberDataViewType.Single))
            throw Columns.NotAWeight(weight.Name, Describe(weight));
    }

    private static string Describe(SchemaShape.Column column) =>
        $"{(column.Kind == ColumnKind.Scalar ? "" : column.Kind + " of ")}{(column.IsKey ? "key of " : "")}{column.ItemType}";

    private static SchemaShape.Column Scalar(string name, DataViewType type, bool isKey = false) =>
        MlNetInternals.CreateColumn(name, ColumnKind.Scalar, type, isKey, null);

    private static SchemaShape.Column Vector(string name, DataViewType type, SchemaShape? annotations = null) =>
        MlNetInternals.CreateColumn(name, ColumnKind.Vector, type, false, annotations);
}
