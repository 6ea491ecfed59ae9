using System.IO.Compression;
using System.Reflection.PortableExecutable;
using System.Text.Json;
using System.Xml.Linq;
using StbImageSharp;

namespace NeuralDigits.Packages.Tests;

/// <summary>What is in the packed files, and what they say of themselves.</summary>
[Collection(PackedPackagesGroup.Name)]
public sealed class PackageContentTests(PackedPackages packages)
{
    public static TheoryData<string, string> Packages => new()
    {
        { "NeuralDigits", "lib/net10.0/NeuralDigits" },
        { "NeuralDigits.ML", "lib/net10.0/NeuralDigits.ML" },
        { "NeuralDigits.Cli", "tools/net10.0/any/NeuralDigits.Cli" },
        { "NeuralDigits.Model", "lib/net10.0/NeuralDigits.Model" },
        { "NeuralDigits.MSBuild", "tasks/netstandard2.0/NeuralDigits.MSBuild" },
    };

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_package_says_what_it_is_whose_it_is_and_where_it_came_from(string package, string assembly)
    {
        using ZipArchive file = ZipFile.OpenRead(packages.PathOf(package));
        XElement metadata = Read(file, $"{package}.nuspec").Root!.Elements().Single();
        string Said(string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;

        Assert.Equal(package, Said("id"));
        Assert.Equal(packages.Version, Said("version"));
        Assert.Equal("The NeuralDigits authors", Said("authors"));
        Assert.Equal("MIT", Said("license"));
        Assert.Contains("mnist", Said("tags").Split(' '));
        Assert.EndsWith(".", Said("description"), StringComparison.Ordinal);
        Assert.Contains("NeuralDigits", Said("copyright"), StringComparison.Ordinal);
        Assert.StartsWith($"# {package}\n", Text(file, Said("readme")), StringComparison.Ordinal);
        ImageResult icon = ImageResult.FromMemory(Bytes(file, Said("icon")));
        Assert.Equal((128, 128), (icon.Width, icon.Height));
        XElement repository = metadata.Elements().Single(element => element.Name.LocalName == "repository");
        Assert.Equal("git", repository.Attribute("type")?.Value);
        Assert.Matches("^[0-9a-f]{40}$", repository.Attribute("commit")?.Value);
        Assert.NotNull(file.GetEntry($"{assembly}.dll"));
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_package_has_the_documentation_of_its_members(string package, string assembly)
    {
        using ZipArchive file = ZipFile.OpenRead(packages.PathOf(package));

        Assert.NotEmpty(Read(file, $"{assembly}.xml").Descendants("summary"));
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void An_assembly_depends_on_nothing_but_its_sources_and_has_its_symbols_beside_the_package(string package, string assembly)
    {
        using ZipArchive file = ZipFile.OpenRead(packages.PathOf(package));
        using ZipArchive symbols = ZipFile.OpenRead(packages.PathOf(package, "snupkg"));
        using var reader = new PEReader(new MemoryStream(Bytes(file, $"{assembly}.dll")));
        var entries = reader.ReadDebugDirectory();

        Assert.Contains(entries, entry => entry.Type == DebugDirectoryEntryType.Reproducible);
        DebugDirectoryEntry codeView = entries.Single(entry => entry.Type == DebugDirectoryEntryType.CodeView);
        byte[] pdb = Bytes(symbols, $"{assembly}.pdb");
        Assert.True(pdb.AsSpan().IndexOf(reader.ReadCodeViewDebugDirectoryData(codeView).Guid.ToByteArray()) >= 0, "These are the symbols of another assembly.");
    }

    [Theory]
    [InlineData("NeuralDigits.Cli", "tools/net10.0/any")]
    [InlineData("NeuralDigits.MSBuild", "trainer")]
    public void A_package_names_all_others_of_which_it_has_assemblies_with_their_licences(string package, string folder)
    {
        using ZipArchive file = ZipFile.OpenRead(packages.PathOf(package));
        string[] notices = Text(file, "THIRD-PARTY-NOTICES.txt").ReplaceLineEndings("\n").Split('\n');
        using var contents = JsonDocument.Parse(Bytes(file, $"{folder}/NeuralDigits.Cli.deps.json"));
        string[] others = [.. contents.RootElement.GetProperty("libraries").EnumerateObject()
            .Where(library => library.Value.GetProperty("type").GetString() == "package")
            .Select(library => library.Name.Split('/')[0])];

        Assert.Contains("Microsoft.ML", others);
        Assert.All(others, other => Assert.Contains(other, notices));
    }

    [Fact]
    public void The_network_depends_on_no_package()
    {
        using ZipArchive file = ZipFile.OpenRead(packages.PathOf("NeuralDigits"));

        Assert.DoesNotContain(Read(file, "NeuralDigits.nuspec").Descendants(), element => element.Name.LocalName == "dependency");
    }

    [Fact]
    public void The_package_of_the_model_has_all_its_files_and_its_version()
    {
        using ZipArchive file = ZipFile.OpenRead(packages.PathOf("NeuralDigits.Model"));
        string folder = new ModelStore(packages.Segments.Output).FolderOf("segments", packages.Version);

        foreach (string path in Directory.GetFiles(folder))
            Assert.Equal(File.ReadAllBytes(path), Bytes(file, $"model/{Path.GetFileName(path)}"));
    }

    [Fact]
    public async Task A_model_may_be_released_before_the_code_that_reads_it_is()
    {
        using var folder = new TemporaryFolder();

        await DotNet.RunAsync(
            Repository.Root, "pack", Path.Combine("src", "NeuralDigits.Model"), "--no-build", "--configuration", PackedPackages.Configuration,
            $"-p:PackageOutputPath={folder["feed"]}", $"-p:MinVerVersionOverride={packages.Version}", $"-p:PublishedModel={packages.Segments.Model}");

        Assert.True(File.Exists(folder[Path.Combine("feed", "NeuralDigits.Model.1.0.0.nupkg")]));
    }

    private static XDocument Read(ZipArchive file, string name) => XDocument.Parse(Text(file, name));

    private static string Text(ZipArchive file, string name)
    {
        using var reader = new StreamReader(new MemoryStream(Bytes(file, name)));
        return reader.ReadToEnd();
    }

    private static byte[] Bytes(ZipArchive file, string name)
    {
        using Stream entry = (file.GetEntry(name) ?? throw new InvalidDataException($"The package lacks {name}.")).Open();
        using var content = new MemoryStream();
        entry.CopyTo(content);
        return content.ToArray();
    }
}
