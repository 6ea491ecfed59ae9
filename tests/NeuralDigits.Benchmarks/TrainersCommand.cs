using System.CommandLine;

namespace NeuralDigits.Benchmarks;

/// <summary><c>trainers</c>: this trainer and those of ML.NET, on the same data view of MNIST.</summary>
internal static class TrainersCommand
{
    public static Command Create()
    {
        var data = new Option<string?>("--data")
        {
            Description = $"The folder with the four files of MNIST. Default: the environment variable {DataSetLocator.EnvironmentVariable}.",
            HelpName = "FOLDER",
        };
        var runs = new Option<int>("--runs")
        {
            Description = "How often each trainer is fitted; the median counts.",
            HelpName = "N",
            DefaultValueFactory = _ => 3,
        };
        runs.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
                result.AddError("--runs must be at least 1.");
        });
        var command = new Command("trainers", "Compares this trainer with those of ML.NET: seconds of a fit, and test accuracy.") { data, runs };
        command.SetAction(parsed =>
        {
            string? folder = parsed.GetValue(data) ?? Environment.GetEnvironmentVariable(DataSetLocator.EnvironmentVariable);
            if (folder is null)
            {
                Console.Error.WriteLine($"error: give --data, or set {DataSetLocator.EnvironmentVariable}.");
                return 2;
            }

            TrainerComparison.Run(folder, parsed.GetValue(runs), Console.Out, Console.Error);
            return 0;
        });
        return command;
    }
}
