using System.Text;

namespace NeuralDigits.Tests;

/// <summary>What a forger cannot do who puts all checksums right: in the list, in the manifest and in the provenance.</summary>
public sealed class ModelVerifierTests : IDisposable
{
    private const string WritingVersion = "1.0.0";

    private readonly TemporaryFolder _folder = new();
    private readonly ModelStore _store;

    public ModelVerifierTests() => _store = new ModelStore(_folder["models"]);

    [Fact]
    public void A_model_as_it_was_published_passes_every_check() => Assert.Empty(Failed(TinyModel.Create()));

    [Fact]
    public void A_card_that_boasts_is_found_out() =>
        Assert.Matches("MODEL_CARD.md, content: from byte \\d+ on it is not what it follows from", Assert.Single(Failed(Forged("MODEL_CARD.md", "accuracy", "perfection"))));

    [Fact]
    public void A_bill_of_materials_that_leaves_something_out_is_found_out() =>
        Assert.StartsWith("sbom.cdx.json, content: ", Assert.Single(Failed(Forged("sbom.cdx.json", "Some.Package", "Other.Package"))), StringComparison.Ordinal);

    [Fact]
    public void A_statement_of_origin_that_differs_from_the_manifest_is_found_out() =>
        Assert.StartsWith(
            "provenance.intoto.json, content: ",
            Assert.Single(Failed(Forged("provenance.intoto.json", ManifestProvenance.LocalBuilder, "urn:example:builder"))), StringComparison.Ordinal);

    [Theory]
    [InlineData("\"accuracy\": ", "\"accuracy\": 0.0", "accuracy, correct, count and cost are 0")]
    [InlineData("\"recall\": ", "\"recall\": 0.0", "it is not what it follows from")]
    [InlineData("\"label\": \"some\"", "\"label\": \"most\"", "it is about other classes than the manifest")]
    [InlineData("{", "[", "metrics.json is malformed")]
    public void Metrics_that_differ_from_the_manifest_or_in_themselves_are_found_out(string from, string to, string expected)
    {
        Assert.Contains(Failed(Forged("metrics.json", from, to)), failed => failed.StartsWith("metrics.json, content: ", StringComparison.Ordinal) && failed.Contains(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"epoch\":1", "\"epoch\":2", "line 2 is of epoch 2; expected 1")]
    [InlineData("\"validationCount\":4", "\"validationCount\":5", "line 1 is of 5 validation images; the manifest says 4")]
    [InlineData("\"trainingCost\":", "\"trainingCost\":-", "line 1 has a cost that is not a number from 0")]
    [InlineData("\"validationCorrect\":", "\"validationCorrect\":9", "right of 4")]
    [InlineData("{", "[", "line 1 is malformed")]
    [InlineData("\n", "\n\n", "it is not written as a history is")]
    [InlineData("\n", " ", "line 1 is malformed")]
    public void A_history_of_another_training_is_found_out(string from, string to, string expected)
    {
        string failed = Assert.Single(Failed(Forged("history.jsonl", from, to)));
        Assert.StartsWith("history.jsonl, epochs: ", failed, StringComparison.Ordinal);
        Assert.Contains(expected, failed, StringComparison.Ordinal);
    }

    [Fact]
    public void A_history_with_a_line_too_few_is_found_out()
    {
        ModelContent forged = Forged("history.jsonl", text => text[..(text.IndexOf('\n', StringComparison.Ordinal) + 1)]);
        Assert.Equal("history.jsonl, epochs: it has 1 lines; the manifest says 2 epochs", Assert.Single(Failed(forged)));
    }

    [Fact]
    public void A_form_that_should_be_there_is_missed()
    {
        string[] failed = Failed(TinyModel.Create(), ModelForm.Safetensors, ModelForm.Onnx);
        Assert.Equal("list of files: SHA256SUMS does not list model.onnx", Assert.Single(failed));
    }

    [Fact]
    public void A_version_in_the_place_of_another_is_found_out()
    {
        _store.Publish(TinyModel.Create());
        string moved = Path.Combine(_store.Root, "tiny", "2.0.0");
        Directory.Move(_store.FolderOf("tiny", "1.0.0"), moved);

        ModelCheck failed = Assert.Single(new ModelVerifier([], WritingVersion).Verify(moved + Path.DirectorySeparatorChar), check => check.Outcome != ModelCheckOutcome.Passed);
        Assert.Equal(("place in the store", "that of tiny 2.0.0, but it is tiny 1.0.0"), (failed.Name, failed.Finding));
        Directory.Move(moved, _folder["elsewhere"]);
        Assert.DoesNotContain(new ModelVerifier([], WritingVersion).Verify(_folder["elsewhere"]), check => check.Outcome != ModelCheckOutcome.Passed || check.Name.StartsWith("place", StringComparison.Ordinal));
    }

    [Fact]
    public void What_another_version_wrote_otherwise_is_neither_passed_nor_failed()
    {
        _store.Publish(Forged("MODEL_CARD.md", "accuracy", "precision"));

        ModelCheck[] checks = [.. new ModelVerifier([], "2.0.0").Verify(_store.FolderOf("tiny", "1.0.0"))];

        ModelCheck card = Assert.Single(checks, check => check.Outcome != ModelCheckOutcome.Passed);
        Assert.Equal(("MODEL_CARD.md, content", ModelCheckOutcome.NotChecked), (card.Name, card.Outcome));
        Assert.StartsWith("version 1.0.0 wrote it, and version 2.0.0 writes it otherwise from byte ", card.Finding, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_model_published_again_the_version_that_did_so_is_told_from_the_one_that_trained_it()
    {
        _store.Publish(TinyModel.Create().As("tiny", "1.0.0", "2.0.0"));
        ModelManifest manifest = ModelDirectory.Open(_store.FolderOf("tiny", "1.0.0")).Manifest;
        Assert.Equal(("1.0.0", "2.0.0"), (manifest.Provenance.Tool, manifest.WrittenBy));

        // The forger's change is one of words, which the version that wrote them would not have made.
        _store.Publish(Forged(TinyModel.Create().As("tiny", "1.1.0", "2.0.0"), "MODEL_CARD.md", text => text + "It is perfect.\n"));
        ModelCheck found = CheckOfCard("2.0.0");
        Assert.Equal(ModelCheckOutcome.Failed, found.Outcome);
        ModelCheck unknown = CheckOfCard("1.0.0");
        Assert.Equal(ModelCheckOutcome.NotChecked, unknown.Outcome);
        Assert.StartsWith("version 2.0.0 wrote it, and version 1.0.0 writes it otherwise from byte ", unknown.Finding, StringComparison.Ordinal);

        ModelCheck CheckOfCard(string toolVersion) =>
            Assert.Single(new ModelVerifier([], toolVersion).Verify(_store.FolderOf("tiny", "1.1.0")), check => check.Name == "MODEL_CARD.md, content");
    }

    [Fact]
    public void A_version_published_again_by_the_version_that_trained_it_says_nothing_of_it()
    {
        ModelContent again = TinyModel.Create().As("tiny", "2.0.0", "3.0.0").As("tiny", "2.0.0", "1.0.0");
        Assert.Equal(TinyModel.Create(version: "2.0.0").Files, again.Files);
        Assert.DoesNotContain("writtenBy", Encoding.UTF8.GetString(again.Files["manifest.json"]), StringComparison.Ordinal);
    }

    [Fact]
    public void The_model_is_handed_over_once_while_it_is_verified()
    {
        _store.Publish(TinyModel.Create());
        var opened = new List<ModelDirectory>();

        ModelCheck[] checks = [.. new ModelVerifier([], WritingVersion).Verify(_store.FolderOf("tiny", "1.0.0"), opened.Add)];

        Assert.NotEmpty(checks);
        Assert.Equal("tiny", Assert.Single(opened).Manifest.Name);
    }

    [Fact]
    public void A_model_that_fails_its_self_test_is_told_once()
    {
        ModelContent content = TinyModel.Create();
        ManifestSelfTest test = content.Manifest.SelfTest[0];
        ModelManifest manifest = content.Manifest with { SelfTest = [test with { Scores = [.. test.Scores.Reverse()] }] };

        Assert.Contains("self-test 0 failed", Assert.Single(Failed(Resealed(manifest, content.Files), ModelForm.Safetensors)), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private string[] Failed(ModelContent content, params ModelForm[] forms)
    {
        _store.Publish(content);
        return [.. new ModelVerifier(forms, WritingVersion).Verify(_store.FolderOf("tiny", "1.0.0")).Where(check => check.Outcome != ModelCheckOutcome.Passed).Select(check => $"{check.Name}: {check.Finding}")];
    }

    private static ModelContent Forged(string file, string from, string to) => Forged(file, text =>
    {
        Assert.Contains(from, text, StringComparison.Ordinal);
        int at = text.IndexOf(from, StringComparison.Ordinal);
        return text.Remove(at, from.Length).Insert(at, to);
    });

    private static ModelContent Forged(string file, Func<string, string> change) => Forged(TinyModel.Create(), file, change);

    private static ModelContent Forged(ModelContent content, string file, Func<string, string> change)
    {
        Dictionary<string, byte[]> files = content.Files.ToDictionary();
        files[file] = Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(files[file])));
        return file == "provenance.intoto.json" ? ModelContent.FromFiles(content.Manifest, files) : Resealed(content.Manifest, files);
    }

    // With the checksums of the files as they are now.
    private static ModelContent Resealed(ModelManifest description, IReadOnlyDictionary<string, byte[]> contents)
    {
        Dictionary<string, byte[]> files = contents.ToDictionary();
        files.Remove("manifest.json");
        files.Remove("provenance.intoto.json");
        ModelManifest manifest = description with
        {
            Files = [.. files.OrderBy(file => file.Key, StringComparer.Ordinal)
                .Select(file => new ManifestFile { Name = file.Key, Bytes = file.Value.Length, Sha256 = Sha256Sums.HashOf(file.Value) })],
        };
        files["manifest.json"] = ModelContent.WriteManifest(manifest);
        files["provenance.intoto.json"] = ModelContent.WriteProvenance(manifest, files);
        return ModelContent.FromFiles(manifest, files);
    }
}
