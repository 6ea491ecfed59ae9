namespace NeuralDigits.Pipeline;

/// <summary>What every task knows: the command line, read once, and where things are.</summary>
public sealed class BuildContext : FrostingContext
{
    /// <summary>The configuration of everything that is built.</summary>
    public const string BuildConfiguration = "Release";

    /// <summary>All projects but that of the build itself.</summary>
    public const string Solution = "NeuralDigits.sln";

    /// <summary>The projects that are packed.</summary>
    public const string Packages = "src/Packages.slnf";

    /// <summary>The project of the tool that the targets of the model run.</summary>
    public const string ToolProject = "src/NeuralDigits.Cli/NeuralDigits.Cli.csproj";

    /// <summary>Where the results of the tests go.</summary>
    public const string TestResults = "artifacts/test-results";

    private const string Models = "artifacts/models";
    private const string QualityFloor = "usual";

    private readonly CommandLine _commandLine;

    /// <summary>Reads and checks the command line, and moves to the root of the repository.</summary>
    /// <param name="context">The context of Cake, in the folder where the caller stands.</param>
    /// <exception cref="CakeException">The command line is wrong.</exception>
    public BuildContext(ICakeContext context)
        : base(context)
    {
        _commandLine = new CommandLine(context.Arguments, context.Environment.WorkingDirectory.FullPath);
        // The program lies in artifacts/bin/Build/release.
        context.Environment.WorkingDirectory = new DirectoryPath(AppContext.BaseDirectory).Combine("../../../..").Collapse();
    }

    /// <summary>What Restore and Build work on: the tool with its libraries, unless more is asked for.</summary>
    public string BuildScope =>
        IsAsked(nameof(Restore)) || IsAsked(nameof(Build)) || IsAsked(nameof(Test)) || IsAsked(nameof(Benchmark)) ? Solution
        : IsAsked(nameof(Package)) ? Packages
        : ToolProject;

    /// <summary>The least accuracy that a published model must have.</summary>
    public string MinAccuracy => Given("min-accuracy") ?? QualityFloor;

    /// <summary>The names of the models that the caller may mean: those that are published, or of these the one asked for.</summary>
    public IReadOnlyList<string> ModelNames =>
        [.. Store.Names().Where(name => Given("model-name") is not { } asked || name == asked)];

    /// <summary>The model that this build has trained: its name and version; null until then.</summary>
    public (string Name, string Version)? Trained { get; set; }

    /// <summary>The folder of all published models.</summary>
    public ModelStore Store => new(Given("output") ?? Models);

    /// <summary>Whether the caller asked for a target by its name, so that it is not only a step towards another.</summary>
    /// <param name="target">The target.</param>
    public bool IsAsked(string target) => _commandLine.Targets.Contains(target);

    /// <summary>The value of an argument, or null where the caller gave none.</summary>
    /// <param name="argument">The name of the argument, without the dashes.</param>
    public string? Given(string argument) => _commandLine.Arguments.GetValueOrDefault(argument);

    /// <summary>The arguments that the caller gave and that a target hands on to the tool.</summary>
    /// <param name="target">The target.</param>
    public OrderedDictionary<string, string> OptionsOf(string target)
    {
        var options = new OrderedDictionary<string, string>();
        foreach (Argument argument in Argument.All.Where(argument => argument.Targets.Contains(target)))
        {
            // On the way to Publish, --model-version names the version to come; --from-version the one there is.
            bool isSource = argument.Name == "model-version" && target != nameof(Publish) && IsAsked(nameof(Publish));
            if (Given(isSource ? "from-version" : argument.Name) is { } value)
                options.Add(argument.Name, value);
        }

        // What was just trained is what the next targets are about, whatever else is published.
        if (Trained is var (name, version) && target != nameof(Train))
        {
            options.TryAdd("model-name", name);
            options.TryAdd(target == nameof(Publish) ? "from-version" : "model-version", version);
        }

        return options;
    }
}
