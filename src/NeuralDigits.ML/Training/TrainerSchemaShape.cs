using Microsoft.ML;
using Microsoft.ML.Data;
using ColumnKind = Microsoft.ML.SchemaShape.Column.VectorKind;

namespace NeuralDigits.ML;

/// <summary>
/// What a trainer tells about its output before it has seen data: the same as <see cref="ScoreSchema"/> tells afterwards.
/// </summary>
internal static class TrainerSchemaShape
{
    /// <summary>The input's columns, and <c>PredictedLabel</c> and <c>Score</c> in place of any that have these names.</summary>
    /// <exception cref="ArgumentException">A column is missing or of a type that cannot be trained with.</exception>
    public static SchemaShape Output(SchemaShape input, string labelName, string featuresName)
    {
        SchemaShape.Column label = Find(input, "label", labelName);
        CheckLabel(label);
        CheckFeatures(Find(input, "feature", featuresName));

        SchemaShape.Column[] shared =
        [
            Scalar(AnnotationNames.ScoreColumnSetId, NumberDataViewType.UInt32, isKey: true),
            Scalar(AnnotationNames.ScoreColumnKind, TextDataViewType.Instance),
            Scalar(AnnotationNames.ScoreValueKind, TextDataViewType.Instance),
        ];
        (SchemaShape.Column[] ofPredictedLabel, SchemaShape.Column[] ofScore) = LabelAnnotations(label);
        return new SchemaShape(
        [
            .. input.Where(column => column.Name is not (AnnotationNames.PredictedLabel or AnnotationNames.Score)),
            MlNetInternals.CreateColumn(
                AnnotationNames.PredictedLabel, ColumnKind.Scalar, NumberDataViewType.UInt32, true,
                new SchemaShape([.. shared, .. ofPredictedLabel])),
            MlNetInternals.CreateColumn(
                AnnotationNames.Score, ColumnKind.Vector, NumberDataViewType.Single, false, new SchemaShape([.. shared, .. ofScore])),
        ]);
    }

    private static (SchemaShape.Column[] OfPredictedLabel, SchemaShape.Column[] OfScore) LabelAnnotations(SchemaShape.Column label)
    {
        SchemaShape.Column[] values = [.. label.Annotations.Where(annotation => annotation.Name == AnnotationNames.KeyValues)];
        if (values is not [{ ItemType: DataViewType type }])
            return ([], []);
        if (LabelValueType.For(type) is null)
            throw ClassLabels.Unsupported(label.Name, type);
        return (values, [Vector(AnnotationNames.SlotNames, TextDataViewType.Instance), Vector(AnnotationNames.TrainingLabelValues, type)]);
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
            throw Columns.NotAKey(label.Name, Describe(label));
    }

    private static void CheckFeatures(SchemaShape.Column features)
    {
        if (features.IsKey || features.Kind == ColumnKind.Scalar || !features.ItemType.Equals(NumberDataViewType.Single))
            throw Columns.NotFeatures(features.Name, Describe(features));
        if (features.Kind == ColumnKind.VariableVector)
            throw Columns.OfUnknownSize(features.Name);
    }

    private static string Describe(SchemaShape.Column column) =>
        $"{(column.Kind == ColumnKind.Scalar ? "" : column.Kind + " of ")}{(column.IsKey ? "key of " : "")}{column.ItemType}";

    private static SchemaShape.Column Scalar(string name, DataViewType type, bool isKey = false) =>
        MlNetInternals.CreateColumn(name, ColumnKind.Scalar, type, isKey, null);

    private static SchemaShape.Column Vector(string name, DataViewType type) =>
        MlNetInternals.CreateColumn(name, ColumnKind.Vector, type, false, null);
}
