namespace NeuralDigits.Cli;

/// <summary>Publishes, and says what happened.</summary>
internal static class ModelPublication
{
    public static void Publish(string output, ModelContent content, CommandEnvironment environment)
    {
        var store = new ModelStore(output);
        PublicationResult result = store.Publish(content);
        if (!result.IsNew)
        {
            environment.Error.WriteLine("This version was published already, with the same result. Nothing was changed.");
            if (result.KeptFiles.Count > 0)
                environment.Error.WriteLine($"Kept as they were, though they would now say something else of who made it, how and under what conditions: {string.Join(", ", result.KeptFiles)}.");
        }

        environment.Output.WriteLine($"model {Path.GetFullPath(store.FolderOf(content.Manifest.Name, content.Manifest.Version))}");
    }
}
