using CliWrap;
using CliWrap.EventStream;

namespace NeuralDigits.Tests;

/// <summary>Interrupts programs as Ctrl+C does.</summary>
internal static class Interruption
{
    /// <summary>Runs a program, and interrupts it when it writes a line.</summary>
    /// <param name="command">The program.</param>
    /// <param name="isTime">Whether this is the line of its standard output.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> AtLineAsync(Command command, Predicate<string> isTime)
    {
        int processId = 0, exitCode = -1;
        await foreach (CommandEvent happened in command.ListenAsync())
        {
            if (happened is StartedCommandEvent started)
                processId = started.ProcessId;
            else if (happened is StandardOutputCommandEvent { Text: var line } && isTime(line))
                await CliWrap.Cli.Wrap("kill").WithArguments(["-INT", $"{processId}"]).ExecuteAsync();
            else if (happened is ExitedCommandEvent exited)
                exitCode = exited.ExitCode;
        }

        return exitCode;
    }
}
