using System.Text;

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
    /// <returns>The path of the built program.</returns>
    internal Task<string> BuildSampleAsync(TemporaryFolder folder, string sample)
    {
        string source = Path.Combine(AppContext.BaseDirectory, "Samples", sample);
        foreach (string file in Directory.GetFiles(source))
            folder.Write(Path.Combine(sample, Path.GetFileName(file)), File.ReadAllBytes(file));
        return BuildAsync(folder, sample);
    }

    /// <summary>Builds a program of one file with the project of the sample ClassifyWithMLNet.</summary>
    /// <returns>The path of the built program.</returns>
    internal Task<string> BuildProgramAsync(TemporaryFolder folder, string name, string program)
    {
        const string sample = "ClassifyWithMLNet";
        byte[] project = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Samples", sample, $"{sample}.csproj"));
        folder.Write(Path.Combine(name, $"{name}.csproj"), project);
        folder.Write(Path.Combine(name, "Program.cs"), Encoding.UTF8.GetBytes(program));
        return BuildAsync(folder, name);
    }

    private async Task<string> BuildAsync(TemporaryFolder folder, string name)
    {
        await DotNet.RunAsync(
            folder[name], "build", "--configuration", "Release", "--output", folder["built"],
            $"-p:RestoreAdditionalProjectSources={Feed}", $"-p:RestorePackagesPath={_folder["packages"]}");
        return Path.Combine(folder["built"], $"{name}.dll");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();
}

/// <summary>The tests that share the packed packages.</summary>
[CollectionDefinition(Name)]
public sealed class PackedPackagesGroup : ICollectionFixture<PackedPackages>
{
    public const string Name = "packed packages";
}
