using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using CliWrap.Buffered;

namespace NeuralDigits.Cli.Tests;

/// <summary>What <c>verify</c> and <c>inspect</c> say of a published model, and of one that was spoilt.</summary>
public sealed class VerifyCommandTests(PublishedSegments published) : IClassFixture<PublishedSegments>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_published_model_passes_every_check_and_training_again_gives_its_bytes()
    {
        BufferedCommandResult verify = await ToolRunner.RunAsync(
            _folder, "verify", "--output", published.Output, "--retrain", "--data", published.Data, "--threads", "2");

        Assert.Equal(0, verify.ExitCode);
        string[] lines = verify.StandardOutput.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal($"verified {published.Model}", lines[^1]);
        Assert.All(lines[..^1], line => Assert.StartsWith("ok      ", line, StringComparison.Ordinal));
        string[] checks =
        [
            "manifest.json:", "MODEL_CARD.md:", "sbom.cdx.json:", "provenance.intoto.json:", "list of files: 9", "place in the store: that of segments 1.0.0",
            "provenance.intoto.json, subjects: 8", "manifest.json, content: as made again", "metrics.json, content: as made again",
            "MODEL_CARD.md, content: as made again", "sbom.cdx.json, content: as made again", "provenance.intoto.json, content: as made again",
            "history.jsonl, epochs: 20",
            "model.safetensors, self-test: 3", "model.onnx, content: the bytes", "model.zip, self-test: 3", "trained again: the same bytes",
        ];
        foreach (string check in checks)
            Assert.Contains(lines, line => line.Contains(check, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Altered_missing_and_unlisted_files_are_all_named()
    {
        string model = PublishedSegments.Copy(published.Model, _folder);
        File.AppendAllText(Path.Combine(model, "history.jsonl"), " ");
        File.Delete(Path.Combine(model, "model.zip"));
        File.WriteAllText(Path.Combine(model, "notes.txt"), "not published");

        BufferedCommandResult verify = await ToolRunner.RunAsync(_folder, "verify", model);

        Assert.Equal(1, verify.ExitCode);
        Assert.Contains("FAILED  history.jsonl: altered", verify.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("FAILED  model.zip: missing", verify.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("FAILED  no other files: SHA256SUMS does not list notes.txt", verify.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("ok      model.safetensors:", verify.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("Failed: history.jsonl; model.zip; no other files.", verify.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_is_no_model_or_another_one_fails_its_self_test()
    {
        string model = PublishedSegments.Copy(published.Model, _folder);
        Forge(model, "model.zip", "not a zip file"u8.ToArray());
        BufferedCommandResult foreign = await ToolRunner.RunAsync(_folder, "verify", model);
        Assert.Equal(1, foreign.ExitCode);
        Assert.Contains("FAILED  model.zip, self-test: The model file is damaged or no zip archive", foreign.StandardOutput, StringComparison.Ordinal);

        BufferedCommandResult other = await ToolRunner.RunAsync(
            _folder, "train", "--data", published.Data, "--epochs", "1", "--seed", "8", "--model-version", "1.0.0", "--output", "others");
        Assert.Equal(0, other.ExitCode);
        Forge(model, "model.zip", File.ReadAllBytes(_folder["others/segments/1.0.0/model.zip"]));
        BufferedCommandResult verify = await ToolRunner.RunAsync(_folder, "verify", model);
        Assert.Equal(1, verify.ExitCode);
        Assert.Matches(@"FAILED  model\.zip, self-test: image 0 scores .* as .; the manifest says", verify.StandardOutput);
        Assert.Contains("ok      model.safetensors, self-test", verify.StandardOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_ONNX_file_of_another_model_fails_and_the_version_that_wrote_it_is_named()
    {
        string model = PublishedSegments.Copy(published.Model, _folder);
        ModelDirectory opened = ModelDirectory.Open(model);
        var other = new Model(opened.Model.Network, [.. opened.Model.Labels.Reverse()], opened.Model.InputScaling);
        Forge(model, "model.onnx", OnnxFile.Write(other));

        BufferedCommandResult verify = await ToolRunner.RunAsync(_folder, "verify", model);

        Assert.Equal(1, verify.ExitCode);
        Assert.Matches(@"FAILED  model\.onnx, content: from byte \d+ on it is not what model\.safetensors is written as", verify.StandardOutput);
        Assert.Contains($"version {opened.Manifest.Provenance.Tool} wrote it", verify.StandardOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_manifest_that_describes_another_file_fails()
    {
        string model = PublishedSegments.Copy(published.Model, _folder);
        Reseal(model, "metrics.json", "{}"u8.ToArray());

        BufferedCommandResult verify = await ToolRunner.RunAsync(_folder, "verify", model);

        Assert.Equal(1, verify.ExitCode);
        Assert.Matches(@"FAILED  opens: .*describes another metrics\.json than there is", verify.StandardOutput);
    }

    [Fact]
    public async Task A_provenance_that_is_about_another_file_or_missing_fails()
    {
        string model = PublishedSegments.Copy(published.Model, _folder);
        string path = Path.Combine(model, "provenance.intoto.json");
        string manifest = Path.Combine(model, "manifest.json");
        Reseal(model, "manifest.json", [.. File.ReadAllBytes(manifest), (byte)'\n']);
        BufferedCommandResult other = await ToolRunner.RunAsync(_folder, "verify", model);
        Assert.Equal(1, other.ExitCode);
        Assert.Contains("FAILED  provenance.intoto.json, subjects: it is about another manifest.json than there is", other.StandardOutput, StringComparison.Ordinal);

        Reseal(model, "provenance.intoto.json", "{}"u8.ToArray());
        BufferedCommandResult malformed = await ToolRunner.RunAsync(_folder, "verify", model);
        Assert.Equal(1, malformed.ExitCode);
        Assert.Contains("FAILED  provenance.intoto.json, subjects: it is malformed", malformed.StandardOutput, StringComparison.Ordinal);

        File.Delete(path);
        string sums = Path.Combine(model, "SHA256SUMS");
        File.WriteAllLines(sums, File.ReadAllLines(sums).Where(line => !line.EndsWith("provenance.intoto.json", StringComparison.Ordinal)));
        BufferedCommandResult missing = await ToolRunner.RunAsync(_folder, "verify", model);
        Assert.Equal(1, missing.ExitCode);
        Assert.Contains("FAILED  list of files: SHA256SUMS does not list provenance.intoto.json", missing.StandardOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_manifest_with_another_seed_is_found_out_by_training_again()
    {
        string model = PublishedSegments.Copy(published.Model, _folder);
        string manifest = File.ReadAllText(Path.Combine(model, "manifest.json"));
        Assert.Contains("\"seed\": 0", manifest, StringComparison.Ordinal);
        foreach (string file in new[] { "manifest.json", "provenance.intoto.json", "MODEL_CARD.md" })
        {
            string text = File.ReadAllText(Path.Combine(model, file))
                .Replace("\"seed\": 0", "\"seed\": 1", StringComparison.Ordinal)
                .Replace("--seed 0", "--seed 1", StringComparison.Ordinal)
                .Replace("| seed | 0 |", "| seed | 1 |", StringComparison.Ordinal);
            Forge(model, file, Encoding.UTF8.GetBytes(text));
        }

        BufferedCommandResult verify = await ToolRunner.RunAsync(_folder, "verify", model, "--retrain", "--data", published.Data);

        Assert.Equal(1, verify.ExitCode);
        Assert.Matches(@"FAILED  model\.safetensors, trained again: \d+ of 15910 parameters differ, by up to \d", verify.StandardOutput);
    }

    [Fact]
    public async Task Other_data_is_refused_before_training_again()
    {
        string other = LearnableDataSet.Write(_folder, "blocks");

        BufferedCommandResult verify = await ToolRunner.RunAsync(_folder, "verify", published.Model, "--retrain", "--data", other);

        Assert.Equal(3, verify.ExitCode);
        Assert.Contains("The training set is another than", verify.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("Epoch", verify.StandardError, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--data is for --retrain", "--data", "mnist")]
    [InlineData("--cache is for --retrain", "--cache", "kept")]
    [InlineData("--offline is for --retrain", "--offline")]
    [InlineData("--mirror is for --retrain", "--mirror", "https://example.org")]
    [InlineData("--threads is for --retrain", "--threads", "1")]
    [InlineData("--offline, --threads are for --retrain", "--threads", "1", "--offline")]
    public async Task What_only_a_training_needs_is_wrong_usage_without_one(string expected, params string[] options)
    {
        BufferedCommandResult verify = await ToolRunner.RunAsync(_folder, ["verify", published.Model, .. options]);
        Assert.Equal(2, verify.ExitCode);
        Assert.Contains(expected, verify.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_another_version_wrote_in_other_words_is_called_not_checked_and_the_rest_verified()
    {
        string model = PublishedSegments.Copy(published.Model, _folder);
        ModelContent again = ModelDirectory.Open(model).Content.As("segments", "1.0.0", "99.0.0");
        var store = new ModelStore(_folder["models"]);
        store.Publish(again);
        string folder = store.FolderOf("segments", "1.0.0");
        Forge(folder, "MODEL_CARD.md", [.. File.ReadAllBytes(Path.Combine(folder, "MODEL_CARD.md")), .. "More.\n"u8]);

        BufferedCommandResult verify = await ToolRunner.RunAsync(_folder, "verify", folder);

        Assert.Equal("", verify.StandardError);
        Assert.Equal(0, verify.ExitCode);
        Assert.Contains("not checked  MODEL_CARD.md, content: version 99.0.0 wrote it", verify.StandardOutput, StringComparison.Ordinal);
        Assert.Contains($"verified {folder}, but not checked: MODEL_CARD.md, content", verify.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("published again by neuraldigits 99.0.0", (await ToolRunner.RunAsync(_folder, "inspect", folder)).StandardOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_no_model_directory_is_refused()
    {
        BufferedCommandResult verify = await ToolRunner.RunAsync(_folder, "verify", published.Data);
        Assert.Equal(3, verify.ExitCode);
        Assert.Contains("has no SHA256SUMS", verify.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_shows_what_the_model_is_and_where_it_comes_from()
    {
        BufferedCommandResult inspect = await ToolRunner.RunAsync(_folder, "inspect", "segments", "--output", published.Output);

        Assert.Equal(0, inspect.ExitCode);
        ModelManifest manifest = ModelDirectory.Open(published.Model).Manifest;
        string[] expected =
        [
            "model       segments 1.0.0", "[784, 20, 10], sigmoid, 15910 parameters", "20 epochs, mini-batch 10, learning rate 3", "seed 0",
            $"{manifest.Metrics.Correct} / 100", manifest.Data.Test.ImagesSha256!, manifest.Provenance.Tool, "Microsoft.ML 5.0.1", "3 images",
            .. manifest.Files.Select(file => $"{file.Sha256}  {file.Bytes,9}  {file.Name}"),
        ];
        Assert.All(expected, text => Assert.Contains(text, inspect.StandardOutput, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Inspect_as_json_prints_the_manifest()
    {
        BufferedCommandResult inspect = await ToolRunner.RunAsync(_folder, "inspect", published.Model, "--json");

        Assert.Equal(0, inspect.ExitCode);
        Assert.Equal(File.ReadAllText(Path.Combine(published.Model, "manifest.json")), inspect.StandardOutput);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Puts another content into a file, and its checksum into SHA256SUMS.</summary>
    private static void Reseal(string model, string file, byte[] content)
    {
        File.WriteAllBytes(Path.Combine(model, file), content);
        string sums = Path.Combine(model, "SHA256SUMS");
        IEnumerable<string> lines = File.ReadAllLines(sums).Select(line =>
            line.EndsWith($"  {file}", StringComparison.Ordinal) ? $"{Sha256(content)}  {file}" : line);
        File.WriteAllText(sums, string.Concat(lines.Select(line => line + "\n")));
    }

    /// <summary>The same, and into the manifest and the provenance, written as the tool writes them: as a careful forger does it.</summary>
    internal static void Forge(string model, string file, byte[] content)
    {
        Reseal(model, file, content);
        string manifest = File.ReadAllText(Path.Combine(model, "manifest.json"));
        Reseal(model, "manifest.json", Encoding.UTF8.GetBytes(Regex.Replace(
            manifest,
            $"""("name": "{Regex.Escape(file)}",\s*"bytes": )\d+(,\s*"sha256": ")[0-9a-f]+""",
            entry => $"{entry.Groups[1]}{content.Length}{entry.Groups[2]}{Sha256(content)}")));
        string provenance = File.ReadAllText(Path.Combine(model, "provenance.intoto.json"));
        Reseal(model, "provenance.intoto.json", Encoding.UTF8.GetBytes(Regex.Replace(
            provenance,
            """("name": "([^"]+)",\s*"digest": \{\s*"sha256": ")[0-9a-f]+""",
            subject => File.Exists(Path.Combine(model, subject.Groups[2].Value))
                ? subject.Groups[1].Value + Sha256(File.ReadAllBytes(Path.Combine(model, subject.Groups[2].Value)))
                : subject.Value)));
    }

    private static string Sha256(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
