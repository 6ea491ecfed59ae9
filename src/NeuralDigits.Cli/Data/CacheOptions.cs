using System.CommandLine;

namespace NeuralDigits.Cli;

/// <summary>Where downloads are kept, where they come from, and whether there may be any.</summary>
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

    private readonly Option<Uri?> _mirror = Mirror();

    /// <summary>Puts the options before those that the command has.</summary>
    public void AddTo(Command command)
    {
        command.Options.Insert(0, _mirror);
        command.Options.Insert(0, _offline);
        command.Options.Insert(0, _folder);
    }

    /// <summary>Those of the options that stand on the command line.</summary>
    public IEnumerable<string> GivenNames(ParseResult parsed) =>
        new Option[] { _folder, _offline, _mirror }.Where(option => CommonOptions.IsGiven(option, parsed)).Select(option => option.Name);

    /// <summary>The option <c>--cache</c> alone, for commands that never download.</summary>
    public void AddFolderTo(Command command) => command.Options.Insert(0, _folder);

    /// <summary>The source of the data that were chosen, if they are at hand.</summary>
    public DataSource OfflineSource(DataChoice choice, ParseResult parsed, CommandEnvironment environment) =>
        new(choice, new CacheSettings(parsed.GetValue(_folder)!, Offline: true, Mirror: null), environment);

    /// <summary>The source of the data that were chosen.</summary>
    /// <exception cref="WrongUsageException">There is to be no download, and yet a mirror for it.</exception>
    public DataSource Source(DataChoice choice, ParseResult parsed, CommandEnvironment environment)
    {
        var settings = new CacheSettings(parsed.GetValue(_folder)!, parsed.GetValue(_offline), parsed.GetValue(_mirror));
        if (settings is { Offline: true, Mirror: not null })
            throw new WrongUsageException("--mirror is for downloads, and --offline forbids them; give one of the two.");
        return new DataSource(choice, settings, environment);
    }

    private static Option<Uri?> Mirror() => new("--mirror")
    {
        Description = "An address to download from before those of the catalog: it serves the files as URL/NAME/FILE.",
        HelpName = "URL",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https")
                return address;
            result.AddError($"--mirror is '{text}'; expected an address that begins with https:// or http://.");
            return null;
        },
    };
}

/// <summary>Where downloads are kept, whether there may be any, and which mirror to ask first.</summary>
internal sealed record CacheSettings(string Folder, bool Offline, Uri? Mirror);
