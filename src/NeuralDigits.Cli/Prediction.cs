using System.Globalization;
using System.Text;
using System.Text.Json;

namespace NeuralDigits.Cli;

/// <summary>What a model says of an image, or why it says nothing.</summary>
/// <param name="File">The file.</param>
/// <param name="Index">The image's number in a file of many; else null.</param>
/// <param name="Scores">One score for each class; null where the image could not be read.</param>
/// <param name="Error">Why not; else null.</param>
internal sealed record Prediction(string File, int? Index, float[]? Scores, string? Error)
{
    private const int JsonSchemaVersion = 1;

    /// <summary>A line of columns between tabs: the image, its label, the score of that, and of all if they are asked for.</summary>
    public string ToLine(IReadOnlyList<string> labels, bool allScores)
    {
        int best = NeuralDigits.Scores.ArgMax(Scores);
        IEnumerable<string> all = Scores!.Select((score, i) => string.Create(CultureInfo.InvariantCulture, $"{labels[i]}={score:0.0000}"));
        return string.Join('\t', [SourceImage.NameOf(File, Index), labels[best], Scores![best].ToString("0.0000", CultureInfo.InvariantCulture), .. allScores ? all : []]);
    }

    /// <summary>All predictions of a model as one JSON document.</summary>
    public static string ToJson(ModelManifest model, IEnumerable<Prediction> predictions)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteNumber("schemaVersion", JsonSchemaVersion);
            json.WriteStartObject("model");
            json.WriteString("name", model.Name);
            json.WriteString("version", model.Version);
            json.WriteEndObject();
            json.WriteStartArray("predictions");
            foreach (Prediction prediction in predictions)
                prediction.Write(json, model.Labels);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private void Write(Utf8JsonWriter json, IReadOnlyList<string> labels)
    {
        json.WriteStartObject();
        json.WriteString("file", File);
        if (Index is { } index)
            json.WriteNumber("index", index);
        if (Scores is null)
            json.WriteString("error", Error);
        else
            WriteScores(json, labels, Scores);
        json.WriteEndObject();
    }

    private static void WriteScores(Utf8JsonWriter json, IReadOnlyList<string> labels, float[] scores)
    {
        int best = NeuralDigits.Scores.ArgMax(scores);
        json.WriteString("label", labels[best]);
        json.WriteNumber("score", scores[best]);
        json.WriteStartObject("scores");
        for (int i = 0; i < scores.Length; i++)
            json.WriteNumber(labels[i], scores[i]);
        json.WriteEndObject();
    }
}
