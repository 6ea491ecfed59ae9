using System.Reflection;
using System.Text;
using NeuralDigits.Cli.Tests;

namespace NeuralDigits.Packages.Tests;

/// <summary>The packages, with a model that reads digits as calculators show them, packed into a folder that serves as a feed, and projects outside the repository that use them.</summary>
/// <remarks>
/// Each run packs under a version of its own, so that no other feed or cache has it. What others made is taken from the user's cache where
/// it is there, else kept in one below <c>artifacts</c>.
/// </remarks>
public sealed class PackedPackages : IAsyncLifetime, IDisposable
{
    private const string AnyVersion = "*-*";
    private static readonly string Cache = Path.Combine(Repository.Root, "artifacts", "test-packages");
    private readonly TemporaryFolder _folder = new();

    /// <summary>What is packed: what was built with these tests.</summary>
    internal static string Configuration { get; } = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    /// <summary>The version of all packages, and of the model.</summary>
    public string Version { get; } = $"0.0.0-test.x{Guid.NewGuid():N}";

    /// <summary>The model.</summary>
    public PublishedSegments Segments { get; } = new();

    /// <summary>The path of a packed file.</summary>
    /// <param name="package">The package's name.</param>
    /// <param name="extension">What the file's name ends in.</param>
    public string PathOf(string package, string extension = "nupkg") => _folder[Path.Combine("feed", $"{package}.{Version}.{extension}")];

    public async Task InitializeAsync()
    {
        await Segments.InitializeAsync();
        await DotNet.RunAsync(
            Repository.Root, Path.Combine(AppContext.BaseDirectory, "NeuralDigits.Cli.dll"), "publish", "--output", Segments.Output, "--model-version", Version);
        await DotNet.RunAsync(
            Repository.Root, "pack", Path.Combine("src", "Packages.slnf"), "--no-build", "--configuration", Configuration,
            $"-p:PackageOutputPath={_folder["feed"]}", $"-p:MinVerVersionOverride={Version}",
            $"-p:PublishedModel={new ModelStore(Segments.Output).FolderOf("segments", Version)}");
    }

    /// <summary>Copies a sample out of the repository, to where it uses the packed packages.</summary>
    /// <returns>The folder of its project.</returns>
    internal string CopySample(TemporaryFolder folder, string sample)
    {
        foreach (string file in Directory.GetFiles(FolderOf(sample)))
            folder.Write(Path.Combine(sample, Path.GetFileName(file)), File.ReadAllBytes(file));
        WriteProject(folder, sample, sample);
        return folder[sample];
    }

    /// <summary>Copies a sample out of the repository and builds it there, from the packed packages.</summary>
    /// <returns>The path of the built program.</returns>
    internal Task<string> BuildSampleAsync(TemporaryFolder folder, string sample)
    {
        CopySample(folder, sample);
        return BuildAsync(folder, sample);
    }

    /// <summary>Builds a program of one file with the project of the sample ClassifyWithMLNet.</summary>
    /// <returns>The path of the built program.</returns>
    internal Task<string> BuildProgramAsync(TemporaryFolder folder, string name, string program)
    {
        WriteProject(folder, "ClassifyWithMLNet", name);
        folder.Write(Path.Combine(name, "Program.cs"), Encoding.UTF8.GetBytes(program));
        return BuildAsync(folder, name);
    }

    /// <summary>Installs the tool of a package into a folder.</summary>
    internal async Task InstallToolAsync(TemporaryFolder folder, string package, string name) => await DotNet.RunAsync(
        folder.Path, "tool", "install", package, "--version", Version, "--tool-path", folder[name], "--add-source", _folder["feed"]);

    private static string FolderOf(string sample) => Path.Combine(AppContext.BaseDirectory, "Samples", sample);

    private void WriteProject(TemporaryFolder folder, string sample, string name)
    {
        string project = File.ReadAllText(Path.Combine(FolderOf(sample), $"{sample}.csproj"));
        Assert.Contains(AnyVersion, project, StringComparison.Ordinal);
        project = project.Replace(AnyVersion, $"[{Version}]", StringComparison.Ordinal);
        folder.Write(Path.Combine(name, $"{name}.csproj"), Encoding.UTF8.GetBytes(project));
        folder.Write("Directory.Build.props", Encoding.UTF8.GetBytes($"""
            <Project>
              <PropertyGroup>
                <RestoreAdditionalProjectSources>{_folder["feed"]}</RestoreAdditionalProjectSources>
                <RestorePackagesPath>{Cache}</RestorePackagesPath>
                <RestoreAdditionalProjectFallbackFolders>{UsersCache()}</RestoreAdditionalProjectFallbackFolders>
              </PropertyGroup>
            </Project>
            """));
    }

    private static string UsersCache() => typeof(PackedPackages).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == nameof(UsersCache)).Value!;

    private static async Task<string> BuildAsync(TemporaryFolder folder, string name)
    {
        await DotNet.RunAsync(folder[name], "build", "--configuration", "Release", "--output", folder["built"]);
        return Path.Combine(folder["built"], $"{name}.dll");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _folder.Dispose();
        Segments.Dispose();
        string[] installed = Directory.Exists(Cache) ? Directory.GetDirectories(Cache, "neuraldigits*") : [];
        foreach (string version in installed.Select(package => Path.Combine(package, Version)).Where(Directory.Exists))
            Directory.Delete(version, recursive: true);
    }
}

/// <summary>The tests that share the packed packages.</summary>
[CollectionDefinition(Name)]
public sealed class PackedPackagesGroup : ICollectionFixture<PackedPackages>
{
    public const string Name = "packed packages";
}
