using System.Text;

namespace NeuralDigits.Tests;

/// <summary>A published directory that was changed afterwards: what is wrong is said, and where.</summary>
public sealed class ModelDirectoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ModelStore _store;

    public ModelDirectoryTests() => _store = new ModelStore(_folder["models"]);

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
}
