using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace NeuralDigits.Cli;

/// <summary>Says what is wrong with a command line: on standard error, as standard output is for results, and without the whole help around it.</summary>
internal static class UsageError
{
    /// <returns>The exit code.</returns>
    public static int Report(ParseResult parsed, ParseErrorAction action, CommandEnvironment environment)
    {
        // The library knows what may have been meant.
        using var report = new StringWriter();
        action.ShowHelp = false;
        parsed.Invoke(new InvocationConfiguration { Output = report, Error = report });
        string[] errors = [.. parsed.Errors.Select(error => error.Message)];
        foreach (string line in report.ToString().ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries))
            environment.Error.WriteLine(errors.Contains(line) ? $"error: {line}" : line);
        if (parsed.CommandResult.Command.Subcommands is { Count: > 0 } commands)
            environment.Error.WriteLine($"The commands are {string.Join(", ", commands.Select(command => command.Name))}.");
        environment.Error.WriteLine($"See {string.Join(' ', NamesTo(parsed.CommandResult))} --help.");
        return ExitCode.WrongUsage;
    }

    private static IEnumerable<string> NamesTo(CommandResult command) => command.Parent is CommandResult parent
        ? NamesTo(parent).Append(command.Command.Name)
        : ["neuraldigits"];
}
