namespace NeuralDigits.Tests;

/// <summary>What holds for a store at any time, and after a publication that nothing interrupted.</summary>
internal static class SoundStore
{
    private const string Name = "tiny";

    /// <summary>Every version is whole and what it was meant to be, and the latest is one of them.</summary>
    public static void Check(string root, params ModelContent[] contents)
    {
        var store = new ModelStore(root);
        IReadOnlyList<string> versions = store.Versions(Name);
        foreach (string version in versions)
        {
            ModelDirectory directory = ModelDirectory.Open(store.FolderOf(Name, version));
            Assert.Equal(contents.Single(content => content.Manifest.Version == version).Files, directory.Content.Files);
        }

        if (store.LatestVersion(Name) is { } latest)
            Assert.Contains(latest, versions);
    }

    /// <summary>All that was to be published is there, the last is the latest, and nothing else is left.</summary>
    public static void CheckComplete(string root, params ModelContent[] contents)
    {
        Check(root, contents);
        Assert.Equal(contents[^1].Manifest.Version, new ModelStore(root).LatestVersion(Name));
        Assert.Equal(
            contents.Select(content => content.Manifest.Version).Append("latest.json"),
            Directory.EnumerateFileSystemEntries(Path.Combine(root, Name)).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }
}
