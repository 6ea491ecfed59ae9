using System.Text;
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

    [Theory]
    [InlineData("model.safetensors")]
    [InlineData("manifest.json")]
    [InlineData("model.zip")]
    [InlineData("history.jsonl")]
    public void An_altered_or_missing_file_is_named(string file)
    {
        _store.Publish(TinyModel.Create());
        string path = Path.Combine(_store.FolderOf("tiny", "1.0.0"), file);
        byte[] bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);
        Assert.Contains($"{path} is altered", OpenError(), StringComparison.Ordinal);
        File.Delete(path);
        Assert.Contains($"{path} is missing", OpenError(), StringComparison.Ordinal);
        Directory.CreateDirectory(path);
        Assert.Contains($"{path} is a folder; expected a file", OpenError(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"schemaVersion\": 3", "\"schemaVersion\": 4", "Use a newer one")]
    [InlineData("\"activation\"", "\"actuation\"", "actuation")]
    [InlineData("\"some\"", "\"most\"", "describes another network")]
    [InlineData("\"scores\": [", "\"scores\": [0.5,", "the number of selfTest[0].scores is 3; expected 2")]
    [InlineData("{", "", "not a valid manifest")]
    [InlineData("\"schemaVersion\": 3", "\"schemaVersion\": 0", "schemaVersion is 0; expected a whole number from 1")]
    [InlineData("\"schemaVersion\": 3", "\"schemaVersion\": 3,\n\"schemaVersion\": 3", "not a valid manifest")]
    [InlineData("\"activation\"", "\"\\ud800\"", "not a valid manifest")]
    [InlineData("\"name\": \"tiny\"", "\"name\": \"../tiny\"", "name is '../tiny'; expected lower-case letters")]
    [InlineData("\"version\": \"1.0.0\"", "\"version\": \"1.0\"", "version is '1.0'; expected a semantic version")]
    [InlineData("\"activation\": \"sigmoid\"", "\"activation\": \"softmax\"", "describes another network")]
    [InlineData("\"pixel / 255\"", "\"none\"", "describes another network")]
    [InlineData("\"labels\": [", "\"labels\": [null,", "labels is null; expected no null in it")]
    [InlineData("\"files\": [", "\"files\": [null,", "files is null; expected no null in it")]
    [InlineData("\"selfTest\": [", "\"selfTest\": [null,", "selfTest is null; expected no null in it")]
    [InlineData("\"initialization\": \"scaled\"", "\"initialization\": 99", "training.initialization is 99; expected Scaled, StandardNormal")]
    [InlineData("\"learningRate\": 3", "\"learningRate\": 1e400", "training.learningRate is Infinity; expected a positive number")]
    [InlineData("\"history.jsonl\"", "\"/etc/passwd\"", "files[1].name is '/etc/passwd'; expected the name of a file in this folder")]
    [InlineData("\"history.jsonl\"", "\"../history.jsonl\"", "files[1].name is '../history.jsonl'; expected the name of a file in this folder")]
    [InlineData("\"history.jsonl\"", "\"metrics.json\"", "files[2].name is 'metrics.json'; expected each file once")]
    [InlineData("\"history.jsonl\"", "\"other.txt\"", "names other.txt, but SHA256SUMS does not")]
    [InlineData("\"bytes\": ", "\"bytes\": 1", "describes another MODEL_CARD.md")]
    [InlineData("\"sha256\": \"", "\"sha256\": \"0", "expected 64 hexadecimal digits in lower case")]
    [InlineData("\"epochs\": 2,", "", "epochs")]
    [InlineData("\"epochs\": 2,", "\"epochs\": 2, \"augmentation\": 9,", "training.augmentation is 9; expected None, Shift, Affine, Elastic")]
    [InlineData("\"epochs\": 2,", "\"epochs\": 2, \"augmentation\": \"wavy\",", "not a valid manifest")]
    [InlineData("\"imagesSha256\": null", "\"imagesSha256\": \"12\"", "data.training.imagesSha256 is '12'; expected 64 hexadecimal digits in lower case")]
    [InlineData("\"method\": \"random\"", "\"method\": \"last\"", "data.split.seed is 1; expected null, where nothing is drawn, else a whole number")]
    [InlineData("\"method\": \"random\"", "\"method\": 9", "data.split.method is 9; expected Last, Random, Stratified")]
    [InlineData("\"count\": 4", "\"count\": 0", "data.training.count is 0; expected a whole number from 1")]
    [InlineData("\"maxRegression\": 0.002", "\"maxRegression\": 2", "gate.maxRegression is 2; expected a number from 0 to 1")]
    [InlineData("\"minAccuracy\": null", "\"minAccuracy\": -1", "gate.minAccuracy is -1; expected a number from 0 to 1")]
    [InlineData("\"baseline\": null", "\"baseline\": \"../1\"", "gate.baseline is '../1'; expected a semantic version")]
    [InlineData("\"forced\": false", "\"forced\": true", "gate.forced is true; expected true where checks failed, else false")]
    [InlineData("\"failedChecks\": []", "\"failedChecks\": [\"too bad\"]", "gate.forced is false; expected true where checks failed, else false")]
    [InlineData("\"failedChecks\": []", "\"failedChecks\": [null]", "gate.failedChecks is null; expected no null in it")]
    [InlineData("\"gitCommit\": \"c", "\"gitCommit\": \"C", "expected 40 or 64 hexadecimal digits in lower case")]
    [InlineData("\"gitDirty\": false", "\"gitDirty\": \"no\"", "gitDirty")]
    [InlineData("\"vectorBits\": 256", "\"vectorBits\": 1", "provenance.machine.vectorBits is 1; expected 0, 128, 256 or 512")]
    [InlineData("\"instructionSets\": [", "\"instructionSets\": [null,", "provenance.machine.instructionSets is null; expected no null in it")]
    [InlineData("\"builder\": \"urn:neuraldigits:builder:local\"", "\"builder\": \"me\"", "provenance.builder is 'me'; expected a URI with its scheme")]
    [InlineData("\"packages\": [", "\"packages\": [null,", "provenance.packages is null; expected no null in it")]
    [InlineData("\"contentHash\": \"AAAA", "\"contentHash\": \"", "expected 64 bytes in Base64")]
    [InlineData("\"epochs\": 2", "\"epochs\": -1", "training.epochs is -1; expected a whole number from 1")]
    [InlineData("\"miniBatchSize\": 10", "\"miniBatchSize\": 0", "training.miniBatchSize is 0; expected a whole number from 1")]
    [InlineData("\"learningRate\": 3", "\"learningRate\": -0.5", "training.learningRate is -0.5; expected a positive number")]
    [InlineData("\"quadratic\"", "\"\"", "training.cost is ''; expected a text that is not empty")]
    [InlineData("    4,\n    3,\n    2\n", "    4\n", "sizes is '4'; expected at least two whole numbers from 1")]
    [InlineData("    4,\n    3,", "    4,\n    0,", "sizes is '4, 0, 2'; expected at least two whole numbers from 1")]
    [InlineData("\"none\",", "", "the number of labels is 1; expected 2, the last of the sizes")]
    [InlineData("\"none\"", "\"some\"", "labels is 'some, some'; expected each once")]
    [InlineData("\"name\": \"tiny\",\n    \"training\"", "\"name\": \"\",\n    \"training\"", "data.name is ''; expected a text that is not empty")]
    [InlineData("\"correct\": ", "\"correct\": 9", "expected 0 to 4, the count")]
    [InlineData("\"accuracy\": ", "\"accuracy\": 1", "metrics.accuracy is 1")]
    [InlineData("\"cost\": 0", "\"cost\": -0", "metrics.cost is -0")]
    [InlineData("\"count\": 4,\n    \"cost\"", "\"count\": 5,\n    \"cost\"", "metrics.count is 5; expected 4, that of data.test")]
    [InlineData("\"failedChecks\": []", "\"failedChecks\": [\"\"]", "gate.failedChecks is ''; expected a text that is not empty for each check")]
    [InlineData("\"tool\": \"1.0.0\"", "\"tool\": \"\"", "provenance.tool is ''; expected a text that is not empty")]
    [InlineData("\"runtime\": \".NET 10.0.1\"", "\"runtime\": \"\"", "provenance.runtime is ''; expected a text that is not empty")]
    [InlineData("\"builder\": \"urn:neuraldigits:builder:local\"", "\"builder\": \"/x\"", "provenance.builder is '/x'; expected a URI with its scheme")]
    [InlineData("\"Some.Package\"", "\"\"", "provenance.packages[0].name is ''; expected a text that is not empty")]
    [InlineData("\"pixels\": \"", "\"pixels\": \"AAAA", "the number of selfTest[0].pixels is 7; expected 4, the first of the sizes")]
    [InlineData("\"scores\": [\n        0", "\"scores\": [\n        1", "selfTest[0].scores[0] is 1")]
    [InlineData("\"scores\": [\n        0.", "\"scores\": [\n        0.0", "self-test 0 failed")]
    public void A_manifest_that_does_not_fit_is_refused_even_with_right_checksums(string from, string to, string expected)
    {
        _store.Publish(TinyModel.Create());
        string folder = _store.FolderOf("tiny", "1.0.0");
        string manifest = File.ReadAllText(Path.Combine(folder, "manifest.json"));
        int at = manifest.IndexOf(from, StringComparison.Ordinal);
        Assert.True(at >= 0, $"The manifest has no {from}.");
        File.WriteAllText(Path.Combine(folder, "manifest.json"), manifest.Remove(at, from.Length).Insert(at, to));
        File.Delete(Path.Combine(folder, "SHA256SUMS"));
        byte[] sums = Sha256Sums.Write(Directory.GetFiles(folder).Select(file => KeyValuePair.Create(Path.GetFileName(file), File.ReadAllBytes(file))));
        File.WriteAllBytes(Path.Combine(folder, "SHA256SUMS"), sums);
        Assert.Contains(expected, OpenError(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_manifest_of_schema_version_1_says_nothing_of_the_split_and_stays_as_it_is()
    {
        ModelManifest manifest = TinyModel.Create().Manifest;
        ModelManifest old = manifest with { SchemaVersion = 1, Data = manifest.Data with { Split = null } };
        byte[] json = ModelJson.Lines(old, IndentedModelJson.Default.ModelManifest);

        Assert.DoesNotContain("split", Encoding.UTF8.GetString(json), StringComparison.Ordinal);
        Assert.Null(ManifestReader.Read("manifest.json", json).Data.Split);
        Assert.Equal(json, ModelJson.Lines(ManifestReader.Read("manifest.json", json), IndentedModelJson.Default.ModelManifest));
    }

    [Theory]
    [InlineData(Augmentation.None, null)]
    [InlineData(Augmentation.Affine, "\"augmentation\": \"affine\"")]
    public void A_manifest_says_how_training_images_were_changed_and_nothing_if_they_were_not(Augmentation augmentation, string? expected)
    {
        ModelManifest manifest = TinyModel.Create().Manifest;
        byte[] json = ModelJson.Lines(
            manifest with { Training = manifest.Training with { Augmentation = augmentation } }, IndentedModelJson.Default.ModelManifest);

        Assert.Contains(expected ?? "", Encoding.UTF8.GetString(json), StringComparison.Ordinal);
        Assert.Equal(expected is not null, Encoding.UTF8.GetString(json).Contains("augmentation", StringComparison.Ordinal));
        Assert.Equal(augmentation, ManifestReader.Read("manifest.json", json).Training.Augmentation);
    }

    [Fact]
    public void A_manifest_of_schema_version_2_is_read_as_one_without_augmentation()
    {
        byte[] json = ModelJson.Lines(TinyModel.Create().Manifest with { SchemaVersion = 2 }, IndentedModelJson.Default.ModelManifest);

        Assert.Equal(Augmentation.None, ManifestReader.Read("manifest.json", json).Training.Augmentation);
        Assert.Equal(json, ModelJson.Lines(ManifestReader.Read("manifest.json", json), IndentedModelJson.Default.ModelManifest));
    }

    [Theory]
    [InlineData("no hash  model.safetensors\n")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123  ../elsewhere\n")]
    public void Checksums_of_another_form_are_refused_by_line(string line)
    {
        _store.Publish(TinyModel.Create());
        File.AppendAllText(Path.Combine(_store.FolderOf("tiny", "1.0.0"), "SHA256SUMS"), line, Encoding.ASCII);
        Assert.Contains("line 9", OpenError(), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private string? BaselineOf(string version) => _store.OpenBaseline("tiny", version)?.Manifest.Version;

    private string OpenError() =>
        Assert.Throws<InvalidDataException>(() => ModelDirectory.Open(_store.FolderOf("tiny", "1.0.0"))).Message;

    private Dictionary<string, DateTime> WriteTimes() => Directory
        .EnumerateFileSystemEntries(_store.Root, "*", SearchOption.AllDirectories).ToDictionary(path => path, File.GetLastWriteTimeUtc);
}
