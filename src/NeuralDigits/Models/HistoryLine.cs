using System.Text;
using System.Text.Json;

namespace NeuralDigits;

/// <summary>A line of <c>history.jsonl</c>. It holds no time: the same training gives the same bytes.</summary>
internal sealed record HistoryLine(int Epoch, double TrainingCost, int? ValidationCorrect, int? ValidationCount, double? ValidationCost)
{
    public static HistoryLine From(EpochReport report) =>
        new(report.Epoch, report.TrainingCost, report.Validation?.Correct, report.Validation?.Count, report.Validation?.Cost);

    /// <summary>The file: a line for each epoch.</summary>
    public static byte[] Write(IEnumerable<HistoryLine> lines) =>
        Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => JsonSerializer.Serialize(line, ModelJson.Default.HistoryLine) + "\n")));

    /// <summary>Whether a file is the history of such a training as the manifest describes.</summary>
    /// <returns>What was found, if it is.</returns>
    /// <exception cref="InvalidDataException">It is not, and this is why.</exception>
    public static string Check(byte[] file, ModelManifest manifest)
    {
        HistoryLine[] lines = Read(file);
        if (lines.Length != manifest.Training.Epochs)
            throw new InvalidDataException($"it has {lines.Length} lines; the manifest says {manifest.Training.Epochs} epochs");
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].FindFault(i, manifest.Data.Validation.Count) is { } fault)
                throw new InvalidDataException($"line {i + 1} {fault}");
        }

        return file.AsSpan().SequenceEqual(Write(lines)) ? $"{lines.Length}, as many as the manifest says" : throw new InvalidDataException("it is not written as a history is");
    }

    private static HistoryLine[] Read(byte[] file)
    {
        int number = 0;
        try
        {
            return
            [
                .. from line in Encoding.UTF8.GetString(file).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                   let next = ++number
                   select JsonSerializer.Deserialize(line, ModelJson.Default.HistoryLine) ?? throw new JsonException("It is null."),
            ];
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"line {number} is malformed: {exception.Message}", exception);
        }
    }

    private string? FindFault(int epoch, int validationCount) =>
        Epoch != epoch ? $"is of epoch {Epoch}; expected {epoch}"
        : !IsCost(TrainingCost) || !IsCost(ValidationCost ?? 0) ? "has a cost that is not a number from 0"
        : (ValidationCorrect is null, ValidationCost is null) != (ValidationCount is null, ValidationCount is null) ? "has a part of the validation only"
        : ValidationCount is { } count && count != validationCount ? $"is of {count} validation images; the manifest says {validationCount}"
        : ValidationCorrect is { } correct && (correct < 0 || correct > validationCount) ? $"has {correct} right of {validationCount}"
        : null;

    private static bool IsCost(double cost) => cost >= 0 && double.IsFinite(cost);
}
