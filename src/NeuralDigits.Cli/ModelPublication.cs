namespace NeuralDigits.Cli;

/// <summary>Publishes, and says what happened.</summary>
internal static class ModelPublication
{
    public static void Publish(string output, ModelContent content, CommandEnvironment environment)
    {
        var store = new ModelStore(output);
        bool added = store.Publish(content);
        if (!added)
            environment.Error.WriteLine("This version was published already, with the same result. Nothing was changed.");
        environment.Output.WriteLine($"model {Path.GetFullPath(store.FolderOf(content.Manifest.Name, content.Manifest.Version))}");
    }
}
