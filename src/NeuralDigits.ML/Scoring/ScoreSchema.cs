using Microsoft.ML;
using Microsoft.ML.Data;

namespace NeuralDigits.ML;

/// <summary>
/// The columns before and after scoring: the output has all of the input's, then <c>PredictedLabel</c>, <c>Score</c> and, if asked for,
/// <c>Activations</c>.
/// </summary>
internal sealed class ScoreSchema
{
    private static readonly KeyDataViewType ScoreColumnSetIdType = new(typeof(uint), int.MaxValue);

    /// <exception cref="ArgumentException">The feature column is missing or of the wrong type.</exception>
    public ScoreSchema(DataViewSchema input, SigmoidMlpTransformer transformer)
    {
        ArgumentNullException.ThrowIfNull(input);
        Input = input;
        Parameters = transformer.Model;
        Features = Columns.FindFeatures(input, transformer.FeatureColumnName);
        if (((VectorDataViewType)Features.Type).Size != Parameters.Network.InputCount)
        {
            throw new ArgumentException(
                $"The feature column '{Features.Name}' is of type {Features.Type}; " +
                $"the network takes {Parameters.Network.InputCount} values.");
        }

        ClassLabels classes = Parameters.Classes;
        uint setId = NextScoreColumnSetId(input);
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(input);
        builder.AddColumn(
            AnnotationNames.PredictedLabel,
            new KeyDataViewType(typeof(uint), classes.Count),
            Annotations(AnnotationNames.PredictedLabel, setId, classes.AddKeyValues));
        builder.AddColumn(
            AnnotationNames.Score,
            new VectorDataViewType(NumberDataViewType.Single, classes.Count),
            Annotations(AnnotationNames.Score, setId, classes.AddScoreNames));
        if (transformer.AddsActivationsColumn)
        {
            builder.AddColumn(
                AnnotationNames.Activations,
                new VectorDataViewType(NumberDataViewType.Single, classes.Count),
                Annotations(AnnotationNames.Activations, setId, classes.AddSlotNames));
        }

        Output = builder.ToSchema();
    }

    public DataViewSchema Input { get; }

    public DataViewSchema Output { get; }

    public SigmoidMlpModelParameters Parameters { get; }

    /// <summary>The feature column of <see cref="Input"/>.</summary>
    public DataViewSchema.Column Features { get; }

    public DataViewSchema.Column PredictedLabel => Output[Input.Count];

    public DataViewSchema.Column Score => Output[Input.Count + 1];

    /// <summary>The activations; null if they are not put out.</summary>
    public DataViewSchema.Column? Activations => Output.Count > Input.Count + 2 ? Output[Input.Count + 2] : null;

    /// <summary>Whether a column of <see cref="Output"/> was there before.</summary>
    public bool IsInput(DataViewSchema.Column column) => column.Index < Input.Count;

    /// <summary>The columns of <see cref="Input"/> that are needed for columns of <see cref="Output"/>.</summary>
    public IEnumerable<DataViewSchema.Column> InputsFor(IEnumerable<DataViewSchema.Column> outputs)
    {
        var needed = new SortedSet<int>();
        foreach (DataViewSchema.Column column in outputs)
            needed.Add(IsInput(column) ? column.Index : Features.Index);
        return [.. needed.Select(index => Input[index])];
    }

    private static DataViewSchema.Annotations Annotations(
        string valueKind, uint setId, Action<DataViewSchema.Annotations.Builder> addLabels)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(AnnotationNames.ScoreColumnSetId, ScoreColumnSetIdType, (ref uint value) => value = setId);
        annotations.AddText(AnnotationNames.ScoreColumnKind, AnnotationNames.MulticlassClassification);
        annotations.AddText(AnnotationNames.ScoreValueKind, valueKind);
        addLabels(annotations);
        return annotations.ToAnnotations();
    }

    // Several models may score the same rows: each has its own number.
    private static uint NextScoreColumnSetId(DataViewSchema schema)
    {
        uint last = 0;
        foreach (DataViewSchema.Column column in schema)
        {
            if (!ScoreColumnSetIdType.Equals(column.Annotations.Schema.GetColumnOrNull(AnnotationNames.ScoreColumnSetId)?.Type))
                continue;
            uint id = 0;
            column.Annotations.GetValue(AnnotationNames.ScoreColumnSetId, ref id);
            last = Math.Max(last, id);
        }

        return last + 1;
    }
}
