using Microsoft.ML;
using Microsoft.ML.Data;

namespace NeuralDigits.ML;

/// <summary>The columns that a trainer reads, found in a schema and checked.</summary>
internal sealed class TrainingColumns
{
    private TrainingColumns(DataViewSchema.Column label, DataViewSchema.Column features, ClassLabels classes)
    {
        Label = label;
        Features = features;
        Classes = classes;
    }

    /// <summary>The label: a key of <see cref="uint"/>.</summary>
    public DataViewSchema.Column Label { get; }

    /// <summary>The features: a vector of <see cref="float"/> of known size.</summary>
    public DataViewSchema.Column Features { get; }

    /// <summary>What the label's keys stand for.</summary>
    public ClassLabels Classes { get; }

    /// <summary>The number of features.</summary>
    public int FeatureCount => ((VectorDataViewType)Features.Type).Size;

    /// <summary>Finds the columns.</summary>
    /// <exception cref="ArgumentException">A column is missing or of a type that cannot be trained with.</exception>
    public static TrainingColumns Find(DataViewSchema schema, string labelName, string featuresName)
    {
        DataViewSchema.Column label = Columns.Find(schema, "label", labelName);
        if (label.Type is not KeyDataViewType || label.Type.RawType != typeof(uint))
            throw Columns.NotAKey(labelName, label.Type);
        return new TrainingColumns(label, Columns.FindFeatures(schema, featuresName), ClassLabels.Of(label));
    }

    /// <summary>Refuses a validation set whose columns differ from those of the training set.</summary>
    public void RequireSameIn(TrainingColumns validation)
    {
        if (validation.FeatureCount != FeatureCount)
        {
            throw new ArgumentException(
                $"The column '{Features.Name}' of the validation set has {validation.FeatureCount} values, " +
                $"that of the training set {FeatureCount}.");
        }

        if (!validation.Classes.IsSameAs(Classes))
        {
            throw new ArgumentException(
                $"The keys of the column '{Label.Name}' stand for [{List(validation.Classes)}] in the validation set, " +
                $"but for [{List(Classes)}] in the training set. Make both with the same fitted MapValueToKey.");
        }
    }

    private static string List(ClassLabels classes)
    {
        const int shown = 12;
        return string.Join(", ", classes.Names.Take(shown)) + (classes.Count > shown ? $", ... ({classes.Count} in all)" : "");
    }
}
