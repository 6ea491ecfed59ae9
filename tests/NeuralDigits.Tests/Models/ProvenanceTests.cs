using System.Security.Cryptography;
using System.Text.Json;

namespace NeuralDigits.Tests;

/// <summary>Where a model comes from, as tools for supply chains read it.</summary>
public sealed class ProvenanceTests
{
    private static readonly ModelContent Content = TinyModel.Create();

    [Fact]
    public void The_statement_is_about_every_other_file_with_its_hash()
    {
        using JsonDocument statement = Statement(Content);

        Assert.Equal("https://in-toto.io/Statement/v1", Text(statement.RootElement, "_type"));
        Assert.Equal("https://slsa.dev/provenance/v1", Text(statement.RootElement, "predicateType"));
        Dictionary<string, string> subjects = statement.RootElement.GetProperty("subject").EnumerateArray()
            .ToDictionary(subject => Text(subject, "name"), subject => Text(subject, "digest", "sha256"));
        Assert.Equal(
            Content.Files.Where(file => file.Key != "provenance.intoto.json").Select(file => (file.Key, Convert.ToHexStringLower(SHA256.HashData(file.Value)))).Order(),
            subjects.Select(subject => (subject.Key, subject.Value)).Order());
        Assert.Contains("manifest.json", subjects.Keys);
    }

    [Fact]
    public void The_predicate_says_what_was_asked_for_by_whom_and_on_what()
    {
        using JsonDocument statement = Statement(Content);
        JsonElement build = statement.RootElement.GetProperty("predicate").GetProperty("buildDefinition");

        Assert.Equal("urn:neuraldigits:build:train:1", Text(build, "buildType"));
        JsonElement parameters = build.GetProperty("externalParameters");
        Assert.Equal("tiny", Text(parameters, "name"));
        Assert.Equal([4, 3, 2], parameters.GetProperty("sizes").EnumerateArray().Select(size => size.GetInt32()));
        Assert.Equal(1, parameters.GetProperty("training").GetProperty("seed").GetInt32());
        Assert.Equal("scaled", Text(parameters, "training", "initialization"));
        Assert.Equal("10.0.100", Text(build, "internalParameters", "sdk"));
        Assert.Equal(256, build.GetProperty("internalParameters").GetProperty("machine").GetProperty("vectorBits").GetInt32());
        Assert.Equal(ManifestProvenance.LocalBuilder, Text(statement.RootElement, "predicate", "runDetails", "builder", "id"));
    }

    [Fact]
    public void The_dependencies_are_the_commit_the_data_and_the_packages_each_with_its_hash_but_the_packages_whose_files_have_others()
    {
        string hash = new('d', 64);
        var images = new ManifestImages { Count = 4, ImagesSha256 = hash, LabelsSha256 = hash };
        ModelManifest manifest = Content.Manifest with { Data = new ManifestData { Name = "tiny", Training = images, Validation = images, Test = images } };
        JsonElement build = JsonSerializer.SerializeToElement(ProvenanceStatement.Of(manifest, Content.Files), ProvenanceJson.Default.ProvenanceStatement)
            .GetProperty("predicate").GetProperty("buildDefinition");

        JsonElement[] dependencies = [.. build.GetProperty("resolvedDependencies").EnumerateArray()];
        Assert.Equal(1 + 4 + 1, dependencies.Length);
        Assert.Equal(new string('c', 40), Text(dependencies[0], "digest", "gitCommit"));
        Assert.False(dependencies[0].GetProperty("annotations").GetProperty("dirty").GetBoolean());
        Assert.All(dependencies[1..5], file => Assert.Equal(hash, Text(file, "digest", "sha256")));
        Assert.Equal("tiny: test labels, uncompressed", Text(dependencies[4], "name"));
        Assert.Equal("pkg:nuget/Some.Package@1.2.3", Text(dependencies[5], "uri"));
        Assert.Equal(Convert.ToBase64String(new byte[64]), Text(dependencies[5], "annotations", "nugetContentHash"));
        Assert.False(dependencies[5].TryGetProperty("digest", out _));
    }

    [Fact]
    public void What_is_not_known_is_left_out()
    {
        ManifestProvenance origin = Content.Manifest.Provenance with { GitCommit = null, GitDirty = null, Sdk = null };
        JsonElement build = JsonSerializer.SerializeToElement(
                ProvenanceStatement.Of(Content.Manifest with { Provenance = origin }, Content.Files), ProvenanceJson.Default.ProvenanceStatement)
            .GetProperty("predicate").GetProperty("buildDefinition");
        Assert.Equal("pkg:nuget/Some.Package@1.2.3", Text(Assert.Single(build.GetProperty("resolvedDependencies").EnumerateArray()), "uri"));
        Assert.False(build.GetProperty("internalParameters").TryGetProperty("sdk", out _));
    }

    [Fact]
    public void The_bill_of_materials_is_CycloneDX_of_the_model_with_the_tool_the_runtime_and_each_package()
    {
        using JsonDocument bill = JsonDocument.Parse(Content.Files["sbom.cdx.json"]);
        JsonElement root = bill.RootElement;

        Assert.Equal(["CycloneDX", "1.6"], Texts(root, "bomFormat", "specVersion"));
        JsonElement model = root.GetProperty("metadata").GetProperty("component");
        Assert.Equal(["machine-learning-model", "tiny", "1.0.0"], Texts(model, "type", "name", "version"));
        JsonElement[] components = [.. root.GetProperty("components").EnumerateArray()];
        Assert.Equal(
            [("application", "neuraldigits", "1.0.0"), ("framework", ".NET", "10.0.1"), ("library", "Some.Package", "1.2.3")],
            components.Select(component => (Text(component, "type"), Text(component, "name"), Text(component, "version"))));
        Assert.Equal("pkg:nuget/Some.Package@1.2.3", Text(components[2], "purl"));
        Assert.Equal(["nuget:contentHash", Convert.ToBase64String(new byte[64])], Texts(components[2].GetProperty("properties")[0], "name", "value"));
        Assert.False(components[2].TryGetProperty("hashes", out _));
    }

    [Fact]
    public void Every_reference_in_the_bill_of_materials_is_to_one_of_its_components()
    {
        using JsonDocument bill = JsonDocument.Parse(Content.Files["sbom.cdx.json"]);
        JsonElement root = bill.RootElement;
        string[] known = [.. root.GetProperty("components").EnumerateArray().Append(root.GetProperty("metadata").GetProperty("component")).Select(component => Text(component, "bom-ref"))];
        Assert.Equal(known.Length, known.Distinct().Count());
        JsonElement[] dependencies = [.. root.GetProperty("dependencies").EnumerateArray()];
        Assert.Subset(known.ToHashSet(), dependencies.Select(dependency => Text(dependency, "ref")).ToHashSet());
        Assert.Subset(known.ToHashSet(), dependencies.SelectMany(dependency => dependency.GetProperty("dependsOn").EnumerateArray().Select(item => item.GetString()!)).ToHashSet());
    }

    [Fact]
    public void The_same_training_gives_the_same_bytes_in_every_file() => Assert.Equal(Content.Files, TinyModel.Create().Files);

    private static JsonDocument Statement(ModelContent content) => JsonDocument.Parse(content.Files["provenance.intoto.json"]);

    private static IEnumerable<string> Texts(JsonElement element, params string[] names) => names.Select(name => Text(element, name));

    private static string Text(JsonElement element, params string[] path) => path.Aggregate(element, (inner, name) => inner.GetProperty(name)).GetString()!;
}
