using CliWrap;
using CliWrap.Buffered;

namespace NeuralDigits.Tests;

public sealed class ModelStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ModelStore _store;

    public ModelStoreTests() => _store = new ModelStore(_folder["models"]);

    [Fact]
    public void A_published_model_opens_as_it_was()
    {
        ModelContent content = TinyModel.Create();
        Assert.Equal((true, 0), (_store.Publish(content) is var result && result.IsNew, result.KeptFiles.Count));
        ModelDirectory opened = ModelDirectory.Open(_store.FolderOf("tiny", "1.0.0"));
        Assert.Equal(
            ["MODEL_CARD.md", "history.jsonl", "metrics.json", "model.safetensors", "model.zip", "sbom.cdx.json"],
            opened.Manifest.Files.Select(file => file.Name));
        Assert.All(content.Files, file => Assert.Equal(file.Value, File.ReadAllBytes(Path.Combine(opened.Folder, file.Key))));
        Assert.Equal(content.Files["manifest.json"], opened.Content.Files["manifest.json"]);
        Assert.Equal(content.Files["model.safetensors"], ModelFile.Write(opened.Model));
        Assert.Equal("1.0.0", _store.LatestVersion("tiny"));
    }

    [LinuxFact]
    public async Task Checksums_satisfy_sha256sum()
    {
        _store.Publish(TinyModel.Create());
        BufferedCommandResult result = await Cli.Wrap("sha256sum").WithArguments(["-c", "--strict", "SHA256SUMS"])
            .WithWorkingDirectory(_store.FolderOf("tiny", "1.0.0")).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync();
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(8, result.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public void The_same_result_again_succeeds_and_changes_nothing()
    {
        _store.Publish(TinyModel.Create());
        Dictionary<string, DateTime> before = WriteTimes();
        PublicationResult again = _store.Publish(TinyModel.Create());
        Assert.False(again.IsNew);
        Assert.Empty(again.KeptFiles);
        Assert.Equal(before, WriteTimes());
    }

    [Fact]
    public void The_same_result_by_another_builder_is_kept_and_what_would_differ_is_named()
    {
        ModelContent content = TinyModel.Create();
        _store.Publish(content);
        ModelContent other = content.With(manifest => manifest with { Provenance = manifest.Provenance with { Builder = "urn:example:ci" } });

        PublicationResult again = _store.Publish(other);

        Assert.False(again.IsNew);
        Assert.Equal(["manifest.json", "provenance.intoto.json"], again.KeptFiles);
        Assert.Equal(ManifestProvenance.LocalBuilder, ModelDirectory.Open(_store.FolderOf("tiny", "1.0.0")).Manifest.Provenance.Builder);
    }

    [Fact]
    public void The_same_parameters_said_to_be_trained_otherwise_are_another_result()
    {
        ModelContent content = TinyModel.Create();
        _store.Publish(content);
        ModelContent other = content.With(manifest => manifest with { Training = manifest.Training with { Seed = 7 } });

        var error = Assert.Throws<ModelVersionConflictException>(() => _store.Publish(other));
        Assert.Contains("manifest.json would differ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    [InlineData("{\"version\": \"9.0.0\"}")]
    public void Publishing_again_mends_a_record_of_the_latest_version_that_is_missing_or_wrong(string? record)
    {
        _store.Publish(TinyModel.Create());
        string path = Path.Combine(_store.Root, "tiny", "latest.json");
        File.Delete(path);
        if (record is not null)
            File.WriteAllText(path, record);

        Assert.False(_store.Publish(TinyModel.Create()).IsNew);

        Assert.Equal("1.0.0", _store.LatestVersion("tiny"));
    }

    [Fact]
    public void A_record_of_the_latest_version_that_is_none_is_shown_with_what_to_do()
    {
        _store.Publish(TinyModel.Create());
        string path = Path.Combine(_store.Root, "tiny", "latest.json");
        File.WriteAllText(path, "latest");

        string message = Assert.Throws<InvalidDataException>(() => _store.LatestVersion("tiny")).Message;
        Assert.Equal($"{path} is 'latest'; expected {{\"version\": \"1.2.0\"}}. Publish a version, old or new: that writes it anew.", message);
        Assert.Equal("1.0.0", BaselineOf("2.0.0"));
    }

    [Fact]
    public void What_was_published_by_force_is_nothing_to_compare_with()
    {
        _store.Publish(TinyModel.Create(version: "1.0.0"));
        _store.Publish(TinyModel.Create(version: "1.1.0"));
        ModelContent forced = TinyModel.Create(version: "2.0.0").With(manifest => manifest with { Gate = manifest.Gate with { Forced = true, FailedChecks = ["bad"] } });
        _store.Publish(forced);
        _store.Publish(ModelDirectory.Open(_store.FolderOf("tiny", "2.0.0")).Content.As("tiny", "2.1.0", "1.0.0"));

        Assert.Equal("2.1.0", _store.LatestVersion("tiny"));
        Assert.Equal("1.1.0", BaselineOf("3.0.0"));
        Assert.Equal("1.0.0", BaselineOf("1.1.0"));
    }

    [Fact]
    public void A_damaged_version_to_compare_with_is_called_so()
    {
        _store.Publish(TinyModel.Create());
        string path = Path.Combine(_store.FolderOf("tiny", "1.0.0"), "model.zip");
        File.AppendAllText(path, " ");

        string message = Assert.Throws<InvalidDataException>(() => BaselineOf("2.0.0")).Message;
        Assert.StartsWith($"The version to compare with, {_store.FolderOf("tiny", "1.0.0")}, cannot be read. ", message, StringComparison.Ordinal);
        Assert.Contains($"{path} is altered", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("file")]
    [InlineData("file/models")]
    public void A_file_in_the_place_of_the_store_is_found_before_there_is_anything_to_publish(string root)
    {
        _folder.Write("file", [1]);
        string message = Assert.Throws<IOException>(() => new ModelStore(_folder[root]).RequireFolder()).Message;
        Assert.Equal($"{_folder["file"]} is a file; expected a folder to publish models in, or the name of a new one.", message);
        new ModelStore(_folder["new/models"]).RequireFolder();
    }

    [Fact]
    public void Another_result_under_the_same_version_is_refused_and_changes_nothing()
    {
        _store.Publish(TinyModel.Create());
        Dictionary<string, DateTime> before = WriteTimes();
        var error = Assert.Throws<ModelVersionConflictException>(() => _store.Publish(TinyModel.Create(seed: 2)));
        Assert.Contains("model.safetensors", error.Message, StringComparison.Ordinal);
        Assert.Contains("--model-version", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, WriteTimes());
    }

    [Fact]
    public void Latest_is_the_version_published_last()
    {
        Assert.Null(_store.LatestVersion("tiny"));
        _store.Publish(TinyModel.Create(version: "1.1.0"));
        _store.Publish(TinyModel.Create(version: "1.0.1"));
        Assert.Equal("1.0.1", _store.LatestVersion("tiny"));
        _store.Publish(TinyModel.Create(version: "1.1.0"));
        Assert.Equal("1.0.1", _store.LatestVersion("tiny"));
    }

    [Fact]
    public void Nothing_but_versions_and_latest_is_left_behind()
    {
        _store.Publish(TinyModel.Create());
        Assert.Equal(["1.0.0", "latest.json"], Directory.EnumerateFileSystemEntries(Path.Combine(_store.Root, "tiny")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_store_knows_its_models_and_their_versions()
    {
        Assert.Empty(_store.Names());
        Assert.Empty(_store.Versions("tiny"));
        foreach ((string name, string version) in new[] { ("tiny", "1.1.0"), ("tiny", "1.0.0"), ("another", "1.0.0-beta") })
            _store.Publish(TinyModel.Create(name, version));
        Directory.CreateDirectory(Path.Combine(_store.Root, "empty"));
        Directory.CreateDirectory(Path.Combine(_store.Root, "tiny", ".staging-0123456789abcdef0123456789abcdef"));

        Assert.Equal(["another", "tiny"], _store.Names());
        Assert.Equal(["1.0.0", "1.1.0"], _store.Versions("tiny"));
        Assert.Throws<ArgumentException>(() => _store.Versions("../tiny"));
    }

    [Fact]
    public void A_published_version_that_is_damaged_is_not_written_over_but_said_to_be_so()
    {
        _store.Publish(TinyModel.Create());
        string path = Path.Combine(_store.FolderOf("tiny", "1.0.0"), "model.zip");
        File.AppendAllText(path, " ");
        var error = Assert.Throws<InvalidDataException>(() => _store.Publish(TinyModel.Create()));
        Assert.Contains("If it is damaged and no one needs it, delete it", error.Message, StringComparison.Ordinal);
        Assert.Contains($"{path} is altered", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_publishers_of_one_version_all_succeed_with_one_directory()
    {
        ModelContent content = TinyModel.Create();
        var added = new int[8];
        Parallel.For(0, added.Length, i => added[i] = new ModelStore(_store.Root).Publish(content).IsNew ? 1 : 0);
        Assert.Equal(1, added.Sum());
        ModelDirectory.Open(_store.FolderOf("tiny", "1.0.0"));
    }

    [Fact]
    public void A_model_can_be_published_again_under_another_version()
    {
        _store.Publish(TinyModel.Create());
        ModelDirectory first = ModelDirectory.Open(_store.FolderOf("tiny", "1.0.0"));
        Assert.True(_store.Publish(first.Content.As("tiny", "2.0.0", "1.0.0")).IsNew);
        ModelDirectory second = ModelDirectory.Open(_store.FolderOf("tiny", "2.0.0"));
        Assert.Equal("2.0.0", second.Manifest.Version);
        Assert.Equal(ModelFile.Write(first.Model), ModelFile.Write(second.Model));
    }

    [Fact]
    public void Versions_are_in_the_order_of_semantic_versions()
    {
        string[] ordered = ["0.9.0", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.9.0", "1.10.0"];
        foreach (string version in ordered.Reverse())
            _store.Publish(TinyModel.Create(version: version));
        Assert.Equal(ordered, _store.Versions("tiny"));
    }

    [Fact]
    public void A_version_is_compared_with_the_one_published_last_and_that_one_with_the_highest_other()
    {
        Assert.Null(BaselineOf("1.0.0"));
        _store.Publish(TinyModel.Create(version: "1.10.0"));
        Assert.Null(BaselineOf("1.10.0"));
        _store.Publish(TinyModel.Create(version: "1.9.0"));
        _store.Publish(TinyModel.Create(version: "1.2.0"));
        Assert.Equal("1.2.0", BaselineOf("2.0.0"));
        Assert.Equal("1.2.0", BaselineOf("1.9.0"));
        Assert.Equal("1.10.0", BaselineOf("1.2.0"));
    }

    [Theory]
    [InlineData("../evil", "1.0.0")]
    [InlineData("Upper", "1.0.0")]
    [InlineData("", "1.0.0")]
    [InlineData("tiny", "1.0")]
    [InlineData("tiny", "01.0.0")]
    [InlineData("tiny", "1.0.0/..")]
    [InlineData("tiny", "latest")]
    public void Names_and_versions_of_another_form_are_refused(string name, string version) =>
        Assert.Throws<ArgumentException>(() => _store.Publish(TinyModel.Create(name, version)));

    public void Dispose() => _folder.Dispose();

    private string? BaselineOf(string version) => _store.OpenBaseline("tiny", version)?.Manifest.Version;

    private Dictionary<string, DateTime> WriteTimes() => Directory
        .EnumerateFileSystemEntries(_store.Root, "*", SearchOption.AllDirectories).ToDictionary(path => path, File.GetLastWriteTimeUtc);
}
