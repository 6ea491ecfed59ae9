using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace NeuralDigits.ML.Tests;

/// <summary>What trainers say in the log of a context, line by line: "Warning: ...".</summary>
internal sealed class TrainerLog
{
    public TrainerLog(MLContext mlContext)
    {
        mlContext.Log += (_, entry) =>
        {
            bool isOurs = entry.Source.StartsWith(nameof(SigmoidMlpTrainer), StringComparison.Ordinal);
            if (isOurs && entry.Kind != ChannelMessageKind.Trace)
                Lines.Add($"{entry.Kind}: {entry.RawMessage}");
        };
    }

    public List<string> Lines { get; } = [];

    public IEnumerable<string> Warnings => Lines.Where(line => line.StartsWith("Warning", StringComparison.Ordinal));
}
