using Microsoft.ML;
using Microsoft.ML.Data;

namespace NeuralDigits.ML;

/// <summary>The names that ML.NET gives to what it keeps about a column, and how to add such names.</summary>
internal static class AnnotationNames
{
    /// <summary>On a vector: what each value is called.</summary>
    public const string SlotNames = "SlotNames";

    /// <summary>On a key: the values that the keys stand for.</summary>
    public const string KeyValues = "KeyValues";

    /// <summary>On scores: the values of the label that was trained with.</summary>
    public const string TrainingLabelValues = "TrainingLabelValues";

    /// <summary>On the outputs of a model: a number that they share, and only they.</summary>
    public const string ScoreColumnSetId = "ScoreColumnSetId";

    /// <summary>On the outputs of a model: the task, <see cref="MulticlassClassification"/>.</summary>
    public const string ScoreColumnKind = "ScoreColumnKind";

    /// <summary>On an output of a model: which one it is: <see cref="Score"/>, <see cref="PredictedLabel"/> or <see cref="Activations"/>.</summary>
    public const string ScoreValueKind = "ScoreValueKind";

    public const string MulticlassClassification = "MulticlassClassification";

    public const string Score = "Score";

    public const string PredictedLabel = "PredictedLabel";

    public const string Activations = "Activations";

    /// <summary>Adds a vector of texts that is made when it is asked for.</summary>
    public static void AddNames(this DataViewSchema.Annotations.Builder annotations, string annotation, int count, Func<int, string> name)
    {
        annotations.Add(
            annotation,
            new VectorDataViewType(TextDataViewType.Instance, count),
            (ref VBuffer<ReadOnlyMemory<char>> names) =>
            {
                VBufferEditor<ReadOnlyMemory<char>> editor = VBufferEditor.Create(ref names, count);
                for (int i = 0; i < count; i++)
                    editor.Values[i] = name(i).AsMemory();
                names = editor.Commit();
            });
    }

    /// <summary>Adds a text.</summary>
    public static void AddText(this DataViewSchema.Annotations.Builder annotations, string annotation, string text) =>
        annotations.Add(annotation, TextDataViewType.Instance, (ref ReadOnlyMemory<char> value) => value = text.AsMemory());
}
