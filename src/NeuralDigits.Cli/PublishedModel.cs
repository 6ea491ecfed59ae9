namespace NeuralDigits.Cli;

/// <summary>Finds the published model that a command is about.</summary>
internal static class PublishedModel
{
    /// <summary>The value of <c>--baseline</c> for no comparison. No version is called so.</summary>
    public const string NoBaseline = "none";

    /// <summary>Refuses a name or a version that no model can have; null stands for the default.</summary>
    public static void CheckName(string? name, string? version) =>
        WrongUsageException.ThrowIfRefused(() => new ModelStore("").FolderOf(name ?? DataCatalog.Mnist.Name, version ?? "0.0.0"));

    /// <summary>The name of the model, where only one is published.</summary>
    public static string OnlyName(string output) => new ModelStore(output).Names() switch
    {
        [string name] => name,
        [] => throw NoModel("", output),
        var names => throw new WrongUsageException($"Several models are published in {output}: {string.Join(", ", names)}. Name the one that is meant."),
    };

    /// <summary>Opens a version of a model, or the one published last.</summary>
    public static ModelDirectory Open(string output, string name, string? version) => ModelDirectory.Open(FolderOf(output, name, version));

    /// <summary>Where a version of a model is, or the one published last.</summary>
    public static string FolderOf(string output, string name, string? version)
    {
        CheckName(name, version);
        var store = new ModelStore(output);
        IReadOnlyList<string> versions = store.Versions(name);
        if (version is null && versions.Count == 0)
            throw NoModel($" '{name}'", store.Root);
        version ??= LatestOf(store, name, versions);
        return versions.Contains(version)
            ? store.FolderOf(name, version)
            : throw new DirectoryNotFoundException(
                $"Version {version} of the model '{name}' is not published in {store.Root}. Published are: {string.Join(", ", versions.DefaultIfEmpty("none"))}.");
    }

    /// <summary>Refuses a store that nothing can be published in, before there is work done for it.</summary>
    public static void CheckStore(string output) => new ModelStore(output).RequireFolder();

    /// <summary>Refuses a version to compare with that there cannot be; null stands for the default.</summary>
    public static void CheckBaseline(string? asked, string? version)
    {
        if (asked is null or NoBaseline)
            return;
        CheckName(name: null, asked);
        if (asked == version)
            throw new WrongUsageException($"--baseline is {asked}, the version that is to be compared; expected another one, or {NoBaseline}.");
    }

    /// <summary>Opens the version that another one is to be compared with; null if there is none, or is to be none.</summary>
    /// <param name="output">The folder of all models.</param>
    /// <param name="name">The model's name.</param>
    /// <param name="version">The version to be compared.</param>
    /// <param name="asked">The value of <c>--baseline</c>: even one that was published by force; null for the default.</param>
    public static ModelDirectory? OpenBaseline(string output, string name, string version, string? asked)
    {
        CheckBaseline(asked, version);
        return asked switch
        {
            null => new ModelStore(output).OpenBaseline(name, version),
            NoBaseline => null,
            _ => Open(output, name, asked),
        };
    }

    private static string LatestOf(ModelStore store, string name, IReadOnlyList<string> versions)
    {
        string record = Path.Combine(store.Root, name, ModelStore.LatestFileName);
        string? latest = store.LatestVersion(name);
        if (latest is not null && versions.Contains(latest))
            return latest;
        string fault = latest is null ? "is missing" : $"names version {latest}, which is not published";
        throw new InvalidDataException(
            $"{record} {fault}. Published are: {string.Join(", ", versions)}. Name one with --model-version, or publish one again: that writes the file anew.");
    }

    private static DirectoryNotFoundException NoModel(string name, string output) =>
        new($"No model{name} is published in {output}. Train one first: neuraldigits train (or ./build.sh --target Train).");
}
