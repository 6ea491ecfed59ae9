using System.Reflection;

namespace NeuralDigits.Cli;

/// <summary>All that a command sees of the world: nothing in the tool reads it anywhere else.</summary>
/// <param name="Output">Where results go.</param>
/// <param name="Error">Where notices, progress and errors go.</param>
/// <param name="HasTerminal">Whether <paramref name="Error"/> is a terminal that a line may be redrawn on.</param>
/// <param name="OutputWidth">How many columns <paramref name="Output"/> has.</param>
/// <param name="OutputHasColour">Whether <paramref name="Output"/> is a terminal that shows colours, and they are wanted.</param>
/// <param name="DataFolder">The value of the environment variable <see cref="DataSetLocator.EnvironmentVariable"/>.</param>
/// <param name="Clock">The clock.</param>
/// <param name="Jitter">Gives numbers from 0 to below 1 that differ from process to process, for waits that are not to coincide.</param>
/// <param name="ToolVersion">The tool's version, with the git commit behind a plus sign where it is known.</param>
/// <param name="Origin">What the tool was built from and runs on; read by those commands alone that need it.</param>
internal sealed record CommandEnvironment(
    TextWriter Output,
    TextWriter Error,
    bool HasTerminal,
    int OutputWidth,
    bool OutputHasColour,
    string? DataFolder,
    TimeProvider Clock,
    Func<double> Jitter,
    string ToolVersion,
    Func<ManifestProvenance> Origin)
{
    private const int DefaultWidth = 120;

    public static CommandEnvironment OfThisProcess()
    {
        bool isDumb = Environment.GetEnvironmentVariable("TERM") == "dumb";
        string toolVersion = typeof(CommandEnvironment).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        return new CommandEnvironment(
            Console.Out,
            Console.Error,
            HasTerminal: !Console.IsErrorRedirected && !IsSet("CI") && !isDumb,
            OutputWidth: Console.IsOutputRedirected || Console.WindowWidth < 1 ? DefaultWidth : Console.WindowWidth,
            OutputHasColour: !Console.IsOutputRedirected && !IsSet("NO_COLOR") && !isDumb,
            Environment.GetEnvironmentVariable(DataSetLocator.EnvironmentVariable),
            TimeProvider.System,
            Random.Shared.NextDouble,
            toolVersion,
            () => ToolOrigin.Read(toolVersion));
    }

    private static bool IsSet(string variable) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));
}
