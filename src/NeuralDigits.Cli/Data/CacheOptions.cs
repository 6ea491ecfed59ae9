using System.CommandLine;

namespace NeuralDigits.Cli;

/// <summary>Where downloads are kept, and whether there may be any.</summary>
internal sealed class CacheOptions
{
    private const string DefaultFolder = "artifacts/data";

    private readonly Option<string> _folder = new("--cache")
    {
        Description = "The folder that downloads are kept in.",
        HelpName = "FOLDER",
        DefaultValueFactory = _ => DefaultFolder,
    };

    private readonly Option<bool> _offline = new("--offline") { Description = "Use no network: what is not at hand is refused." };

    /// <summary>Puts the options before those that the command has.</summary>
    public void AddTo(Command command)
    {
        command.Options.Insert(0, _offline);
        command.Options.Insert(0, _folder);
    }

    /// <summary>The option <c>--cache</c> alone, for commands that never download.</summary>
    public void AddFolderTo(Command command) => command.Options.Insert(0, _folder);

    /// <summary>The source of the data that were chosen, if they are at hand.</summary>
    public DataSource OfflineSource(DataChoice choice, ParseResult parsed, CommandEnvironment environment) =>
        new(choice, parsed.GetValue(_folder)!, offline: true, environment);

    /// <summary>The source of the data that were chosen.</summary>
    public DataSource Source(DataChoice choice, ParseResult parsed, CommandEnvironment environment) =>
        new(choice, parsed.GetValue(_folder)!, parsed.GetValue(_offline), environment);
}
