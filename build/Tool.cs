using Cake.Common;

namespace NeuralDigits.Pipeline;

/// <summary>Runs the project's own tool and its benchmarks, as they were built.</summary>
public static class Tool
{
    private const string Name = "neuraldigits";
    private const string Assembly = "artifacts/bin/NeuralDigits.Cli/release/NeuralDigits.Cli.dll";
    private const string BenchmarksName = "benchmarks";
    private const string BenchmarksAssembly = "artifacts/bin/NeuralDigits.Benchmarks/release/NeuralDigits.Benchmarks.dll";

    /// <summary>Runs a verb of the tool on the caller's terminal, and fails where the tool does.</summary>
    /// <param name="context">The context.</param>
    /// <param name="verb">The verb.</param>
    /// <param name="options">The options by their names, without the dashes.</param>
    /// <param name="subject">What the verb is to be done to, where the tool does not find it by itself.</param>
    /// <exception cref="CakeException">The tool is not built, or ended with another exit code than 0.</exception>
    public static void RunTool(this BuildContext context, string verb, OrderedDictionary<string, string> options, string? subject = null) =>
        context.Run(Name, Assembly, verb, subject, options);

    /// <summary>Runs a verb of the benchmarks on the caller's terminal, and fails where they do.</summary>
    /// <param name="context">The context.</param>
    /// <param name="verb">The verb.</param>
    /// <param name="options">The options by their names, without the dashes.</param>
    /// <exception cref="CakeException">The benchmarks are not built, or ended with another exit code than 0.</exception>
    public static void RunBenchmarks(this BuildContext context, string verb, OrderedDictionary<string, string> options) =>
        context.Run(BenchmarksName, BenchmarksAssembly, verb, subject: null, options);

    private static void Run(
        this BuildContext context, string name, string assembly, string verb, string? subject, OrderedDictionary<string, string> options)
    {
        var arguments = new ProcessArgumentBuilder().Append(verb);
        if (subject is not null)
            _ = NeedsQuotes(subject) ? arguments.AppendQuoted(subject) : arguments.Append(subject);
        foreach ((string option, string value) in options)
        {
            _ = NeedsQuotes(value) ? arguments.AppendSwitchQuoted("--" + option, value) : arguments.AppendSwitch("--" + option, value);
        }

        context.Information("{0} {1}", name, arguments.Render());
        if (!context.FileExists(assembly))
            throw new CakeException($"{assembly} is missing: run the target {nameof(Build)} first.");

        int exitCode = context.StartProcess("dotnet", new ProcessSettings { Arguments = arguments.PrependQuoted(assembly) });
        if (exitCode != 0)
            throw new CakeException($"{name} {verb} ended with exit code {exitCode}{Meaning(exitCode)}.");
    }

    private static bool NeedsQuotes(string value) => value.Any(character => character == '"' || char.IsWhiteSpace(character));

    private static string Meaning(int exitCode) => exitCode switch
    {
        1 => " (a check failed)",
        2 => " (wrong usage)",
        3 => " (bad data or model)",
        130 => " (interrupted)",
        _ => "",
    };
}
