using System.CommandLine;

namespace NeuralDigits.Cli;

/// <summary>The options of every command that loads data.</summary>
internal sealed class DataOptions
{
    private readonly CacheOptions _cache = new();
    private readonly Option<string> _data = new("--data")
    {
        Description =
            "A data set by name, or a folder with its four IDX files (and classes.txt, a line for each class, unless those are the ten digits), or with " +
            $"PNG pictures in a folder for each class (0/a.png; or train/0/a.png and test/0/b.png), or the book's file mnist.pkl.gz. Names: {string.Join(", ", DataChoice.Names)}. Anything else is a path; a folder that is " +
            $"called like a data set is written ./{DataCatalog.Mnist.Name}. {DataChoice.AutomaticName} is the path in the environment " +
            $"variable {DataSetLocator.EnvironmentVariable}, else {DataCatalog.Mnist.Name} from the cache, else by download; " +
            $"train, evaluate and data show fall back on {DataChoice.SyntheticName}, digits that the tool draws itself.",
        HelpName = "NAME|PATH",
        DefaultValueFactory = _ => DataChoice.AutomaticName,
    };

    /// <summary>Puts the options before those that the command has.</summary>
    public void AddTo(Command command)
    {
        _cache.AddTo(command);
        command.Options.Insert(0, _data);
    }

    /// <summary>Whether <c>--data</c> stands on the command line.</summary>
    public bool IsGiven(ParseResult parsed) => CommonOptions.IsGiven(_data, parsed);

    /// <summary>Those of the options that stand on the command line.</summary>
    public IEnumerable<string> GivenNames(ParseResult parsed) => [.. IsGiven(parsed) ? [_data.Name] : Array.Empty<string>(), .. _cache.GivenNames(parsed)];

    /// <summary>The source of the data asked for.</summary>
    public DataSource Source(ParseResult parsed, CommandEnvironment environment) =>
        _cache.Source(DataChoice.Of(parsed.GetValue(_data)!), parsed, environment);
}
