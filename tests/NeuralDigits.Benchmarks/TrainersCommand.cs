using System.CommandLine;

namespace NeuralDigits.Benchmarks;

/// <summary><c>trainers</c>: this trainer and those of ML.NET, on the same data view of MNIST.</summary>
internal static class TrainersCommand
{
    public static Command Create()
    {
        Option<string?> data = CommonOptions.Data();
        Option<int> runs = CommonOptions.Runs("How often each trainer is fitted; the median counts.");
        var command = new Command("trainers", "Compares this trainer with those of ML.NET: seconds of a fit, and test accuracy.") { data, runs };
        command.SetAction(parsed =>
        {
            if (parsed.Folder(data) is not { } folder)
                return 2;
            TrainerComparison.Run(folder, parsed.GetValue(runs), Console.Out, Console.Error);
            return 0;
        });
        return command;
    }
}
