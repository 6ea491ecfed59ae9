using CliWrap;
using CliWrap.Buffered;

namespace NeuralDigits.Cli.Tests;

/// <summary>Runs the tool as a process of its own, as a person or a script does.</summary>
internal static class ToolRunner
{
    private static readonly string Tool = Path.Combine(AppContext.BaseDirectory, "NeuralDigits.Cli.dll");

    public static async Task<BufferedCommandResult> RunAsync(TemporaryFolder folder, params string[] arguments) =>
        await Command(folder, arguments).ExecuteBufferedAsync();

    /// <summary>The tool in a folder of its own, without the environment variable that could name other data.</summary>
    public static Command Command(TemporaryFolder folder, params string[] arguments) => CliWrap.Cli.Wrap("dotnet")
        .WithArguments([Tool, .. arguments])
        .WithWorkingDirectory(folder.Path)
        .WithEnvironmentVariables(variables => variables.Set("NEURALDIGITS_DATA", null))
        .WithValidation(CommandResultValidation.None);
}
