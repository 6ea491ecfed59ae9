using NeuralDigits.Cli;

namespace NeuralDigits.Pipeline;

/// <summary>What the caller wrote, checked as a whole before any target runs.</summary>
public sealed class CommandLine
{
    private const string TargetName = "target";
    private const string CakeSetting = "Settings_";

    /// <summary>Reads the command line.</summary>
    /// <param name="arguments">All that Cake took for no option of its own, and the targets.</param>
    /// <param name="callerFolder">The folder that relative paths are relative to.</param>
    /// <exception cref="CakeException">
    /// A target or an argument does not exist, or an argument has not exactly one value, or no effect on the targets.
    /// </exception>
    public CommandLine(ICakeArguments arguments, string callerFolder)
    {
        Targets = [.. arguments.GetArguments(TargetName).Select(FindTarget)];
        var given = new Dictionary<string, string>();
        foreach ((string name, ICollection<string> values) in arguments.GetArguments())
        {
            if (name == TargetName || name.StartsWith(CakeSetting, StringComparison.OrdinalIgnoreCase))
                continue;
            Argument argument = FindArgument(name);
            RequireEffect(argument);
            given.Add(argument.Name, Resolve(argument, SingleValue(argument, values), callerFolder));
        }

        Arguments = given;
    }

    /// <summary>The targets asked for, in the caller's order.</summary>
    public IReadOnlyList<string> Targets { get; }

    /// <summary>The values of the arguments given, by <see cref="Argument.Name"/>.</summary>
    public IReadOnlyDictionary<string, string> Arguments { get; }

    private static string FindTarget(string name) =>
        Target.All.FirstOrDefault(target => target.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Name
        ?? throw new CakeException($"There is no target '{name}'. The targets are {string.Join(", ", Target.All.Select(target => target.Name))}.");

    private static Argument FindArgument(string name) =>
        Argument.All.FirstOrDefault(argument => argument.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new CakeException(
            $"There is no argument --{name}. The arguments are {string.Join(", ", Argument.All.Select(argument => "--" + argument.Name))}.");

    // What is given is to be used: ignored in silence, it would be taken for done.
    private void RequireEffect(Argument argument)
    {
        IEnumerable<string> running = Target.All.Where(target => Targets.Contains(target.Name)).SelectMany(target => target.Path);
        if (!running.Intersect(argument.Targets).Any())
        {
            throw new CakeException(
                $"--{argument.Name} has no effect on {string.Join(", ", Targets)}: it is for {string.Join(", ", argument.Targets)}.");
        }
    }

    private static string SingleValue(Argument argument, ICollection<string> values) => values.Count switch
    {
        1 when !string.IsNullOrEmpty(values.Single()) => values.Single(),
        1 => throw new CakeException($"--{argument.Name} has no value. It is written {argument.Usage}."),
        _ => throw new CakeException($"--{argument.Name} is given {values.Count} times, with the values {string.Join(", ", values)}. Give it once."),
    };

    private static string Resolve(Argument argument, string value, string callerFolder) => argument.Value switch
    {
        Argument.Folder => System.IO.Path.GetFullPath(value, callerFolder),
        Argument.DataSetOrFolder when DataChoice.Of(value) is DataChoice.Folder => System.IO.Path.GetFullPath(value, callerFolder),
        _ => value,
    };
}
