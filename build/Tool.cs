using Cake.Common;

namespace NeuralDigits.Pipeline;

/// <summary>Runs the project's own tool and its benchmarks, as they were built.</summary>
public static class Tool
{
    private const string ResultMark = "model ";
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

    /// <summary>Runs the verb of the tool that trains, and finds in its output where the model is.</summary>
    /// <param name="context">The context.</param>
    /// <param name="options">The options by their names, without the dashes.</param>
    /// <returns>The name and the version of the model; null where the tool named none.</returns>
    /// <exception cref="CakeException">The tool is not built, or ended with another exit code than 0.</exception>
    public static (string Name, string Version)? RunTraining(this BuildContext context, OrderedDictionary<string, string> options)
    {
        string? folder = null;
        context.Run(Name, Assembly, "train", subject: null, options, line =>
        {
            if (line.StartsWith(ResultMark, StringComparison.Ordinal))
                folder = line[ResultMark.Length..];
        });
        return folder is null ? null : (System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(folder)!), System.IO.Path.GetFileName(folder));
    }

    /// <summary>Runs a verb of the benchmarks on the caller's terminal, and fails where they do.</summary>
    /// <param name="context">The context.</param>
    /// <param name="verb">The verb.</param>
    /// <param name="options">The options by their names, without the dashes.</param>
    /// <exception cref="CakeException">The benchmarks are not built, or ended with another exit code than 0.</exception>
    public static void RunBenchmarks(this BuildContext context, string verb, OrderedDictionary<string, string> options) =>
        context.Run(BenchmarksName, BenchmarksAssembly, verb, subject: null, options);

    private static void Run(
        this BuildContext context,
        string name,
        string assembly,
        string verb,
        string? subject,
        OrderedDictionary<string, string> options,
        Action<string>? listen = null)
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

        var settings = new ProcessSettings { Arguments = arguments.PrependQuoted(assembly) };
        if (listen is not null)
        {
            settings.RedirectStandardOutput = true;
            settings.RedirectedStandardOutputHandler = line => PassOn(line, listen);
        }

        int exitCode = context.StartProcess("dotnet", settings);
        if (exitCode != 0)
            throw new CakeException($"{name} {verb} ended with exit code {exitCode}{Meaning(exitCode)}.");
    }

    // At the end there is no line.
    private static string? PassOn(string? line, Action<string> listen)
    {
        if (line is null)
            return null;
        Console.Out.WriteLine(line);
        listen(line);
        return null;
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
