namespace NeuralDigits.Cli;

/// <summary>Finds the published model that a command is about.</summary>
internal static class PublishedModel
{
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
        version ??= store.LatestVersion(name) ?? throw NoModel($" '{name}'", store.Root);
        if (!store.Versions(name).Contains(version))
        {
            throw new DirectoryNotFoundException(
                $"Version {version} of the model '{name}' is not published in {store.Root}. Published are: {string.Join(", ", store.Versions(name).DefaultIfEmpty("none"))}.");
        }

        return store.FolderOf(name, version);
    }

    /// <summary>Opens the version that another one is to be compared with; null if there is none.</summary>
    public static ModelDirectory? OpenBaseline(string output, string name, string version)
    {
        var store = new ModelStore(output);
        return store.BaselineOf(name, version) is { } baseline ? ModelDirectory.Open(store.FolderOf(name, baseline)) : null;
    }

    private static DirectoryNotFoundException NoModel(string name, string output) =>
        new($"No model{name} is published in {output}. Train one first: neuraldigits train (or ./build.sh --target Train).");
}
