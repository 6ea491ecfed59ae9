using System.ComponentModel;
using CliWrap;
using CliWrap.Buffered;

namespace NeuralDigits.Packages.Tests;

/// <summary>Runs programs that this machine may have.</summary>
internal static class InstalledProgram
{
    /// <summary>Runs a program, which has to succeed.</summary>
    /// <returns>What it wrote to its standard output.</returns>
    public static async Task<string> RunAsync(string program, string folder, params string[] arguments)
    {
        BufferedCommandResult result = await Command(program, arguments).WithWorkingDirectory(folder).ExecuteBufferedAsync();
        Assert.True(result.ExitCode == 0, $"{program} {string.Join(' ', arguments)}\n{result.StandardOutput}\n{result.StandardError}");
        return result.StandardOutput;
    }

    /// <summary>Whether the machine has the program and it succeeds in time.</summary>
    public static bool Succeeds(string program, params string[] arguments)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            return Task.Run(() => Command(program, arguments).ExecuteBufferedAsync(timeout.Token).Task).GetAwaiter().GetResult().ExitCode == 0;
        }
        catch (Exception exception) when (exception is Win32Exception or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>The command, to be run by the caller. Of a build, no process stays behind that holds files of a package.</summary>
    public static Command Command(string program, string[] arguments) => CliWrap.Cli.Wrap(program)
        .WithArguments(arguments)
        .WithEnvironmentVariables(variables => variables.Set("MSBUILDDISABLENODEREUSE", "1"))
        .WithValidation(CommandResultValidation.None);
}
