using System.Globalization;
using System.Text.Json;

namespace NeuralDigits;

/// <summary>The content of <c>metrics.json</c>: the evaluation on the test set in full.</summary>
/// <param name="Accuracy">The share of examples that are correct, from 0 to 1.</param>
/// <param name="Correct">The number of examples that are correct.</param>
/// <param name="Count">The number of examples.</param>
/// <param name="Cost">The mean cost.</param>
/// <param name="Classes">The figures of each class.</param>
/// <param name="ConfusionMatrix">How many examples of the row's class were taken for the column's.</param>
internal sealed record ModelMetrics(
    double Accuracy, int Correct, int Count, double Cost, IReadOnlyList<ClassMetrics> Classes, IReadOnlyList<IReadOnlyList<int>> ConfusionMatrix)
{
    public static ModelMetrics From(EvaluationResult result, IReadOnlyList<string> labels)
    {
        IEnumerable<int> classes = Enumerable.Range(0, result.ClassCount);
        return new ModelMetrics(
            result.Accuracy,
            result.Correct,
            result.Count,
            result.Cost,
            [.. classes.Select(c => new ClassMetrics(labels[c], Number(result.Precision(c)), Number(result.Recall(c)), Number(result.F1(c))))],
            [.. classes.Select(actual => classes.Select(predicted => result.Confusion(actual, predicted)).ToArray())]);
    }

    /// <summary>Reads them from the files of a model directory.</summary>
    /// <exception cref="InvalidDataException">They are missing or malformed.</exception>
    public static ModelMetrics Read(IReadOnlyDictionary<string, byte[]> files)
    {
        if (!files.TryGetValue(ModelContent.MetricsFileName, out byte[]? json))
            throw new InvalidDataException($"{ModelContent.MetricsFileName} is missing.");
        try
        {
            if (JsonSerializer.Deserialize(json, IndentedModelJson.Default.ModelMetrics) is { } metrics && metrics.IsConsistent)
                return metrics;
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{ModelContent.MetricsFileName} is malformed: {exception.Message}", exception);
        }

        throw new InvalidDataException($"{ModelContent.MetricsFileName} does not hold a row of counts of the confusion matrix for each class.");
    }

    /// <summary>The same, computed again from the confusion matrix and the cost.</summary>
    public ModelMetrics MadeAgain() => From(new EvaluationResult(ConfusionCounts.Of(ConfusionMatrix), Cost), [.. Classes.Select(figures => figures.Label)]);

    /// <summary>The first figure that is not that of the manifest; null if all are.</summary>
    public string? FindFault(ModelManifest manifest)
    {
        var summary = new ManifestMetrics { Accuracy = Accuracy, Correct = Correct, Count = Count, Cost = Cost };
        return summary != manifest.Metrics ? $"accuracy, correct, count and cost are {Words(summary)}; the manifest says {Words(manifest.Metrics)}"
            : !Classes.Select(figures => figures.Label).SequenceEqual(manifest.Labels) ? "it is about other classes than the manifest"
            : null;
    }

    private static string Words(ManifestMetrics metrics) =>
        string.Create(CultureInfo.InvariantCulture, $"{metrics.Accuracy}, {metrics.Correct}, {metrics.Count}, {metrics.Cost}");

    private bool IsConsistent =>
        !Classes.Contains(null!)
        && ConfusionMatrix.Count == Classes.Count
        && ConfusionMatrix.All(row => row?.Count == Classes.Count && row.All(count => count >= 0))
        && ConfusionMatrix.Sum(row => row.Sum(count => (long)count)) <= int.MaxValue;

    // JSON has no NaN: a figure that does not exist is null.
    private static double? Number(double value) => double.IsNaN(value) ? null : value;
}

/// <summary>The figures of one class; null where there is nothing to take a share of.</summary>
internal sealed record ClassMetrics(string Label, double? Precision, double? Recall, double? F1);
