namespace NeuralDigits.Packages.Tests;

/// <summary>Runs the <c>dotnet</c> command, which has to succeed.</summary>
internal static class DotNet
{
    public static Task<string> RunAsync(string folder, params string[] arguments) => InstalledProgram.RunAsync("dotnet", folder, arguments);
}
