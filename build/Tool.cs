using Cake.Common;

namespace NeuralDigits.Pipeline;

/// <summary>Runs the project's own tool, as it was built.</summary>
public static class Tool
{
    private const string Name = "neuraldigits";
    private const string Assembly = "artifacts/bin/NeuralDigits.Cli/release/NeuralDigits.Cli.dll";

    /// <summary>Runs a verb of the tool on the caller's terminal, and fails where the tool does.</summary>
    /// <param name="context">The context.</param>
    /// <param name="verb">The verb.</param>
    /// <param name="options">The options by their names, without the dashes.</param>
    /// <exception cref="CakeException">The tool is not built, or ended with another exit code than 0.</exception>
    public static void RunTool(this BuildContext context, string verb, OrderedDictionary<string, string> options)
    {
        var arguments = new ProcessArgumentBuilder().Append(verb);
        foreach ((string name, string value) in options)
        {
            bool isPlain = !value.Any(character => character == '"' || char.IsWhiteSpace(character));
            _ = isPlain ? arguments.AppendSwitch("--" + name, value) : arguments.AppendSwitchQuoted("--" + name, value);
        }

        context.Information("{0} {1}", Name, arguments.Render());
        if (!context.FileExists(Assembly))
            throw new CakeException($"{Assembly} is missing: run the target {nameof(Build)} first.");

        int exitCode = context.StartProcess("dotnet", new ProcessSettings { Arguments = arguments.PrependQuoted(Assembly) });
        if (exitCode != 0)
            throw new CakeException($"{Name} {verb} ended with exit code {exitCode}{Meaning(exitCode)}.");
    }

    private static string Meaning(int exitCode) => exitCode switch
    {
        1 => " (a check failed)",
        2 => " (wrong usage)",
        3 => " (bad data or model)",
        130 => " (interrupted)",
        _ => "",
    };
}
