namespace NeuralDigits.Packages.Tests;

/// <summary>The packages, packed into a folder that serves as a feed, with a package cache that nobody else uses.</summary>
public sealed class PackedPackages : IAsyncLifetime, IDisposable
{
    private static readonly string[] Projects = ["NeuralDigits", "NeuralDigits.ML"];
    private readonly TemporaryFolder _folder = new();

    /// <summary>The folder with the packed files.</summary>
    public string Feed => _folder["feed"];

    public async Task InitializeAsync()
    {
        foreach (string project in Projects)
        {
            await DotNet.RunAsync(
                Repository.Root, "pack", Path.Combine("src", project), "--configuration", "Release", "--output", Feed,
                $"-p:ArtifactsPath={_folder["artifacts"]}");
        }
    }

    /// <summary>Copies a sample out of the repository and builds it there, from the packed packages.</summary>
    /// <returns>The folder with the built program.</returns>
    internal async Task<string> BuildSampleAsync(TemporaryFolder folder, string sample)
    {
        string source = Path.Combine(AppContext.BaseDirectory, "Samples", sample);
        foreach (string file in Directory.GetFiles(source))
            folder.Write(Path.Combine(sample, Path.GetFileName(file)), File.ReadAllBytes(file));
        await DotNet.RunAsync(
            folder[sample], "build", "--configuration", "Release", "--output", folder["built"],
            $"-p:RestoreAdditionalProjectSources={Feed}", $"-p:RestorePackagesPath={_folder["packages"]}");
        return folder["built"];
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();
}
