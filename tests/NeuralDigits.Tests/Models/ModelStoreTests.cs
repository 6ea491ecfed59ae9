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
        Assert.True(_store.Publish(content));
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
        Assert.False(_store.Publish(TinyModel.Create()));
        Assert.Equal(before, WriteTimes());
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
        Assert.Contains("is published already, but damaged. Delete it if no one needs it", error.Message, StringComparison.Ordinal);
        Assert.Contains($"{path} has been altered", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_publishers_of_one_version_all_succeed_with_one_directory()
    {
        ModelContent content = TinyModel.Create();
        var added = new int[8];
        Parallel.For(0, added.Length, i => added[i] = new ModelStore(_store.Root).Publish(content) ? 1 : 0);
        Assert.Equal(1, added.Sum());
        ModelDirectory.Open(_store.FolderOf("tiny", "1.0.0"));
    }

    [Fact]
    public void A_model_can_be_published_again_under_another_version()
    {
        _store.Publish(TinyModel.Create());
        ModelDirectory first = ModelDirectory.Open(_store.FolderOf("tiny", "1.0.0"));
        Assert.True(_store.Publish(first.Content.As("tiny", "2.0.0")));
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
        Assert.Null(_store.BaselineOf("tiny", "1.0.0"));
        _store.Publish(TinyModel.Create(version: "1.10.0"));
        Assert.Null(_store.BaselineOf("tiny", "1.10.0"));
        _store.Publish(TinyModel.Create(version: "1.9.0"));
        _store.Publish(TinyModel.Create(version: "1.2.0"));
        Assert.Equal("1.2.0", _store.BaselineOf("tiny", "2.0.0"));
        Assert.Equal("1.2.0", _store.BaselineOf("tiny", "1.9.0"));
        Assert.Equal("1.10.0", _store.BaselineOf("tiny", "1.2.0"));
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
        Assert.Contains($"{path} has been altered", OpenError(), StringComparison.Ordinal);
        File.Delete(path);
        Assert.Contains($"{path} is missing", OpenError(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"schemaVersion\": 1", "\"schemaVersion\": 2", "Use a newer one")]
    [InlineData("\"activation\"", "\"actuation\"", "actuation")]
    [InlineData("\"some\"", "\"most\"", "describes another network")]
    [InlineData("\"scores\": [", "\"scores\": [0.5,", "self-test 0 failed")]
    [InlineData("{", "", "not a valid manifest")]
    [InlineData("\"schemaVersion\": 1", "\"schemaVersion\": 0", "expected a number from 1")]
    [InlineData("\"schemaVersion\": 1", "\"schemaVersion\": 1,\n\"schemaVersion\": 1", "not a valid manifest")]
    [InlineData("\"activation\"", "\"\\ud800\"", "not a valid manifest")]
    [InlineData("\"name\": \"tiny\"", "\"name\": \"../tiny\"", "'../tiny' is not the name of a model")]
    [InlineData("\"version\": \"1.0.0\"", "\"version\": \"1.0\"", "'1.0' is not a semantic version")]
    [InlineData("\"activation\": \"sigmoid\"", "\"activation\": \"softmax\"", "describes another network")]
    [InlineData("\"pixel / 255\"", "\"none\"", "describes another network")]
    [InlineData("\"labels\": [", "\"labels\": [null,", "null stands in the place of a value")]
    [InlineData("\"files\": [", "\"files\": [null,", "null stands in the place of a value")]
    [InlineData("\"selfTest\": [", "\"selfTest\": [null,", "null stands in the place of a value")]
    [InlineData("\"initialization\": \"scaled\"", "\"initialization\": 99", "there is no initialization 99")]
    [InlineData("\"learningRate\": 3", "\"learningRate\": 1e400", "beyond the range")]
    [InlineData("\"history.jsonl\"", "\"/etc/passwd\"", "is not the name of a file in its folder")]
    [InlineData("\"history.jsonl\"", "\"../history.jsonl\"", "is not the name of a file in its folder")]
    [InlineData("\"history.jsonl\"", "\"metrics.json\"", "is listed twice")]
    [InlineData("\"history.jsonl\"", "\"other.txt\"", "names other.txt, but SHA256SUMS does not")]
    [InlineData("\"bytes\": ", "\"bytes\": 1", "describes another MODEL_CARD.md")]
    [InlineData("\"sha256\": \"", "\"sha256\": \"0", "SHA-256 that is not of 64 digits")]
    [InlineData("\"epochs\": 2,", "", "epochs")]
    [InlineData("\"imagesSha256\": null", "\"imagesSha256\": \"12\"", "the data's SHA-256 '12' is not of 64 digits")]
    [InlineData("\"count\": 4", "\"count\": 0", "a set of images has less than one")]
    [InlineData("\"maxRegression\": 0.002", "\"maxRegression\": 2", "not from 0 to 1")]
    [InlineData("\"minAccuracy\": null", "\"minAccuracy\": -1", "not from 0 to 1")]
    [InlineData("\"baseline\": null", "\"baseline\": \"../1\"", "'../1' is not a semantic version")]
    [InlineData("\"forced\": false", "\"forced\": true", "forced without a failed check")]
    [InlineData("\"failedChecks\": []", "\"failedChecks\": [\"too bad\"]", "has one without being forced")]
    [InlineData("\"failedChecks\": []", "\"failedChecks\": [null]", "null stands in the place of a value")]
    [InlineData("\"gitCommit\": \"c", "\"gitCommit\": \"C", "is not a git commit of 40 or 64 digits")]
    [InlineData("\"gitDirty\": false", "\"gitDirty\": \"no\"", "gitDirty")]
    [InlineData("\"vectorBits\": 256", "\"vectorBits\": 1", "there are no vectors of 1 bits")]
    [InlineData("\"instructionSets\": [", "\"instructionSets\": [null,", "null stands in the place of a value")]
    [InlineData("\"builder\": \"urn:neuraldigits:builder:local\"", "\"builder\": \"me\"", "'me' is not a URI")]
    [InlineData("\"packages\": [", "\"packages\": [null,", "null stands in the place of a value")]
    [InlineData("\"sha512\": \"", "\"sha512\": \"0", "the SHA-512 of the package 'Some.Package' is not of 128 digits")]
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

    private string OpenError() =>
        Assert.Throws<InvalidDataException>(() => ModelDirectory.Open(_store.FolderOf("tiny", "1.0.0"))).Message;

    private Dictionary<string, DateTime> WriteTimes() => Directory
        .EnumerateFileSystemEntries(_store.Root, "*", SearchOption.AllDirectories).ToDictionary(path => path, File.GetLastWriteTimeUtc);
}
