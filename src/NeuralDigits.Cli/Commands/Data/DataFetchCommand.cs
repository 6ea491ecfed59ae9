using System.CommandLine;

namespace NeuralDigits.Cli;

/// <summary><c>neuraldigits data fetch</c>: makes sure that data sets are there and can be read.</summary>
internal static class DataFetchCommand
{
    public static Command Create(CommandEnvironment environment)
    {
        var data = new Argument<string[]>("NAME|PATH")
        {
            Description = $"What to get, as --data of the other commands takes it. Default: {DataChoice.AutomaticName}.",
            Arity = ArgumentArity.ZeroOrMore,
            DefaultValueFactory = _ => [DataChoice.AutomaticName],
        };
        var cache = new CacheOptions();
        var command = new Command("fetch", "Finds or downloads data sets, and checks them.") { data };
        cache.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.Run(async () =>
        {
            foreach (string value in parsed.GetValue(data)!)
            {
                DataSet set = await cache.Source(DataChoice.Of(value), parsed, environment).LoadAsync(cancellation);
                DataWarnings.Write(set, environment.Error);
                environment.Output.WriteLine($"{set.Name} is ready: {set.Training.Rows} x {set.Training.Columns} pixels, {set.Training.ClassCount} classes.");
            }

            return ExitCode.Done;
        }, cancellation));
        return command;
    }
}
