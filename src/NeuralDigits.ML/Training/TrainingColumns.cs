using Microsoft.ML;
using Microsoft.ML.Data;

namespace NeuralDigits.ML;

/// <summary>The columns that a trainer reads, found in a schema and checked.</summary>
internal sealed class TrainingColumns
{
    private TrainingColumns(
        DataViewSchema.Column label, DataViewSchema.Column features, DataViewSchema.Column? weight, ClassLabels classes)
    {
        Label = label;
        Features = features;
        Weight = weight;
        Classes = classes;
    }

    /// <summary>The label: a key of <see cref="uint"/>.</summary>
    public DataViewSchema.Column Label { get; }

    /// <summary>The features: a vector of <see cref="float"/> of known size.</summary>
    public DataViewSchema.Column Features { get; }

    /// <summary>How much each row counts: a <see cref="float"/>; null if all count the same.</summary>
    public DataViewSchema.Column? Weight { get; }

    /// <summary>What the label's keys stand for.</summary>
    public ClassLabels Classes { get; }

    /// <summary>The number of features.</summary>
    public int FeatureCount => ((VectorDataViewType)Features.Type).Size;

    /// <summary>All columns to read.</summary>
    public IEnumerable<DataViewSchema.Column> All => Weight is { } weight ? [Label, Features, weight] : [Label, Features];

    /// <summary>Finds the columns.</summary>
    /// <param name="schema">Where to look.</param>
    /// <param name="labelName">The name of the label.</param>
    /// <param name="featuresName">The name of the features.</param>
    /// <param name="weightName">The name of the weight; null for none.</param>
    /// <exception cref="ArgumentException">A column is missing or of a type that cannot be trained with.</exception>
    public static TrainingColumns Find(DataViewSchema schema, string labelName, string featuresName, string? weightName)
    {
        DataViewSchema.Column label = Columns.Find(schema, "label", labelName);
        if (label.Type is not KeyDataViewType || label.Type.RawType != typeof(uint))
            throw Columns.NotAKey(labelName, label.Type);
        DataViewSchema.Column features = Columns.FindFeatures(schema, featuresName);
        DataViewSchema.Column? weight = weightName is null ? null : Columns.Find(schema, "example weight", weightName);
        if (weight is { } column && !column.Type.Equals(NumberDataViewType.Single))
            throw Columns.NotAWeight(column.Name, column.Type);

        ClassLabels classes = ClassLabels.Of(label);
        if (classes.Count < 2)
            throw new ArgumentException($"The label column '{labelName}' is of type {label.Type}; expected a key of at least two classes.");
        return new TrainingColumns(label, features, weight, classes);
    }

    /// <summary>Refuses hidden layers with which the network would be too large.</summary>
    /// <exception cref="ArgumentException">The network would have more parameters than one may have.</exception>
    public void RequireRoomFor(IReadOnlyList<int> hiddenLayers)
    {
        Int128 parameters = NetworkInitializer.ParameterCount([FeatureCount, .. hiddenLayers, Classes.Count]);
        if (parameters > NetworkInitializer.MaximumParameterCount)
        {
            throw new ArgumentException(
                $"HiddenLayers is [{string.Join(", ", hiddenLayers)}], which with {FeatureCount} features in the column '{Features.Name}' and " +
                $"{Classes.Count} classes in '{Label.Name}' makes a network of {parameters} weights and biases; expected: at most " +
                $"{NetworkInitializer.MaximumParameterCount}.");
        }
    }

    /// <summary>Refuses a validation set whose columns differ from those of the training set.</summary>
    /// <exception cref="ArgumentException">The number of features or the classes are others.</exception>
    public void RequireSameIn(TrainingColumns validation)
    {
        if (validation.FeatureCount != FeatureCount)
        {
            throw new ArgumentException(
                $"The column '{Features.Name}' of the validation set has {validation.FeatureCount} values, " +
                $"that of the training set {FeatureCount}.");
        }

        RequireSameClasses(validation.Classes, "in the validation set");
    }

    /// <summary>The network of other model parameters, to train it further.</summary>
    /// <param name="start">The model parameters.</param>
    /// <param name="hiddenLayers">The hidden layers that the network must have.</param>
    /// <exception cref="ArgumentException">The model parameters are of another shape, or for other classes.</exception>
    public Network RequireFitting(SigmoidMlpModelParameters start, IReadOnlyList<int> hiddenLayers)
    {
        RequireSameClasses(start.Classes, "in the model parameters");
        int[] sizes = [FeatureCount, .. hiddenLayers, Classes.Count];
        if (!start.Sizes.SequenceEqual(sizes))
        {
            throw new ArgumentException(
                $"The model parameters are of a network [{string.Join(", ", start.Sizes)}], " +
                $"but the training set and HiddenLayers make [{string.Join(", ", sizes)}]. To train it further, they must be the same.");
        }

        return start.Network;
    }

    private void RequireSameClasses(ClassLabels others, string where)
    {
        if (!others.IsSameAs(Classes))
        {
            throw new ArgumentException(
                $"The keys of the column '{Label.Name}' stand for [{others.List()}] {where}, " +
                $"but for [{Classes.List()}] in the training set. Make both with the same fitted MapValueToKey.");
        }
    }
}
