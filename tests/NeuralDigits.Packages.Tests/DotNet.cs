using CliWrap;
using CliWrap.Buffered;

namespace NeuralDigits.Packages.Tests;

/// <summary>Runs the <c>dotnet</c> command.</summary>
internal static class DotNet
{
    /// <summary>Runs it; it has to succeed.</summary>
    /// <returns>What it wrote to its standard output.</returns>
    public static Task<string> RunAsync(string folder, params string[] arguments) => InstalledProgram.RunAsync("dotnet", folder, arguments);

    /// <summary>Runs it; it may fail.</summary>
    public static async Task<BufferedCommandResult> TryRunAsync(string folder, params string[] arguments) =>
        await Command(folder, arguments).ExecuteBufferedAsync();

    /// <summary>The command, to be run by the caller.</summary>
    public static Command Command(string folder, params string[] arguments) =>
        InstalledProgram.Command("dotnet", arguments).WithWorkingDirectory(folder);
}
