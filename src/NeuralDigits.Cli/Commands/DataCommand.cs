using System.CommandLine;

namespace NeuralDigits.Cli;

/// <summary><c>neuraldigits data</c>: makes sure that the data set is there and can be read.</summary>
internal static class DataCommand
{
    public static Command Create(CommandEnvironment environment)
    {
        Option<string?> data = CommonOptions.Data();
        Option<string> cache = CommonOptions.Cache();
        var command = new Command("data", "Finds or downloads the data set, and checks it.") { data, cache };
        command.SetAction((parsed, cancellation) => Task.Run(async () =>
        {
            DataSet set = await DataSource.LoadAsync(parsed.GetValue(data), parsed.GetValue(cache)!, environment, cancellation);
            environment.Output.WriteLine($"{set.Name} is ready: {set.Training.Rows} x {set.Training.Columns} pixels, {set.Training.ClassCount} classes.");
            return ExitCode.Done;
        }, cancellation));
        return command;
    }
}
