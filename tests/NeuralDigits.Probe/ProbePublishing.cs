namespace NeuralDigits.Tests;

/// <summary>Publishes version after version of a model, to be killed in the midst of it.</summary>
public static class ProbePublishing
{
    /// <summary>The name of the model, whose version 0.0.0 is there already.</summary>
    public const string ModelName = "tiny";

    // Nobody is to have to end a process whose parent forgot to.
    private const int MaximumCount = 1000;

    /// <summary>Publishes, and says so before it begins and after each version.</summary>
    public static void Run(string root)
    {
        var store = new ModelStore(root);
        ModelContent content = ModelDirectory.Open(store.FolderOf(ModelName, "0.0.0")).Content;
        int first = store.Versions(ModelName).Count;
        Console.WriteLine("ready");
        for (int patch = first; patch < first + MaximumCount; patch++)
        {
            string version = $"1.0.{patch}";
            store.Publish(content.As(ModelName, version, content.Manifest.Provenance.Tool));
            Console.WriteLine($"published {version}");
        }
    }
}
