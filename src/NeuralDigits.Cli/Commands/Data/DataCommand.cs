using System.CommandLine;

namespace NeuralDigits.Cli;

/// <summary><c>neuraldigits data</c>: all that is about data sets alone. Does nothing without one of its commands.</summary>
internal static class DataCommand
{
    public static Command Create(CommandEnvironment environment) => new("data", "Lists, gets, checks, shows and converts data sets.")
    {
        DataListCommand.Create(environment),
        DataFetchCommand.Create(environment),
        DataVerifyCommand.Create(environment),
        DataShowCommand.Create(environment),
        DataConvertCommand.Create(environment),
    };
}
