namespace NeuralDigits.Cli;

/// <summary>Finds the published model that a command is about.</summary>
internal static class PublishedModel
{
    /// <summary>Refuses a name or a version that no model can have; null stands for the default.</summary>
    public static void CheckName(string? name, string? version) =>
        WrongUsageException.ThrowIfRefused(() => new ModelStore("").FolderOf(name ?? DataCatalog.Mnist.Name, version ?? "0.0.0"));

    /// <summary>Opens a version of a model, or the one published last.</summary>
    public static ModelDirectory Open(string output, string name, string? version)
    {
        CheckName(name, version);
        var store = new ModelStore(output);
        version ??= store.LatestVersion(name) ?? throw new DirectoryNotFoundException(
            $"No model '{name}' is published in {store.Root}. Train one first: neuraldigits train (or ./build.sh --target Train).");
        return ModelDirectory.Open(store.FolderOf(name, version));
    }
}
