using System.Globalization;

namespace NeuralDigits;

/// <summary>What each value of a manifest has to be, beyond what its type says.</summary>
internal static class ManifestRules
{
    private const int Sha1Length = 40;
    private const int Sha256Length = 64;
    private const int Sha512Bytes = 64;
    private const string SomeText = "a text that is not empty";
    private const string FromOne = "a whole number from 1";
    private const string Share = "a number from 0 to 1";
    private const string NoNull = "no null in it";

    /// <summary>The first value that cannot be, by the name of its field, and what was expected; null if all can.</summary>
    public static string? FindFault(ModelManifest manifest) => Of(manifest).FirstOrDefault(rule => !rule.Holds)?.ToString();

    // One part after the other, as those before it hold: that lists are free of nulls, and that there are sizes.
    private static IEnumerable<Rule> Of(ModelManifest manifest)
    {
        Func<IEnumerable<Rule>>[] parts =
        [
            () => OnNulls(manifest),
            () => OnModel(manifest),
            () => OnTraining(manifest.Training),
            () => OnData(manifest.Data),
            () => OnMetrics(manifest.Metrics, manifest.Data),
            () => OnGate(manifest.Gate),
            () => OnProvenance(manifest.Provenance),
            () => manifest.SelfTest.SelectMany((test, i) => OnSelfTest($"selfTest[{i}]", test, manifest)),
            () => OnFiles(manifest.Files),
        ];
        return parts.SelectMany(part => part());
    }

    // JSON may hold a null anywhere; the types keep it out of properties, but not out of lists.
    private static IEnumerable<Rule> OnNulls(ModelManifest manifest) =>
    [
        new("labels", null, NoNull, !manifest.Labels.Contains(null!)),
        new("selfTest", null, NoNull, !manifest.SelfTest.Contains(null!)),
        new("files", null, NoNull, !manifest.Files.Contains(null!)),
        new("gate.failedChecks", null, NoNull, !manifest.Gate.FailedChecks.Contains(null!)),
        new("provenance.machine.instructionSets", null, NoNull, !manifest.Provenance.Machine.InstructionSets.Contains(null!)),
        new("provenance.packages", null, NoNull, !manifest.Provenance.Packages.Contains(null!)),
    ];

    private static IEnumerable<Rule> OnModel(ModelManifest manifest)
    {
        yield return new("schemaVersion", manifest.SchemaVersion, FromOne, manifest.SchemaVersion >= 1);
        yield return new("name", manifest.Name, "lower-case letters, digits, dots, hyphens and underscores", StoreNames.IsName(manifest.Name));
        yield return new("version", manifest.Version, "a semantic version", StoreNames.IsVersion(manifest.Version));
        string sizes = Excerpt.Of(manifest.Sizes);
        yield return new("sizes", sizes, "at least two whole numbers from 1", manifest.Sizes.Count >= 2 && manifest.Sizes.All(size => size >= 1));
        yield return new("activation", manifest.Activation, SomeText, manifest.Activation.Length > 0);
        int labels = manifest.Labels.Count;
        yield return new("the number of labels", labels, $"{manifest.Sizes[^1]}, the last of the sizes", labels == manifest.Sizes[^1]);
        yield return new("labels", Excerpt.Of(manifest.Labels), "each once", manifest.Labels.Distinct(StringComparer.Ordinal).Count() == labels);
        yield return new("inputScaling", manifest.InputScaling, SomeText, manifest.InputScaling.Length > 0);
        yield return new("writtenBy", manifest.WrittenBy, SomeText, manifest.WrittenBy is not { Length: 0 });
    }

    private static IEnumerable<Rule> OnTraining(ManifestTraining training) =>
    [
        new("training.cost", training.Cost, SomeText, training.Cost.Length > 0),
        new("training.initialization", training.Initialization, Excerpt.Of(Enum.GetNames<WeightInitialization>()), Enum.IsDefined(training.Initialization)),
        new("training.epochs", training.Epochs, FromOne, training.Epochs >= 1),
        new("training.miniBatchSize", training.MiniBatchSize, FromOne, training.MiniBatchSize >= 1),
        new("training.augmentation", training.Augmentation, Excerpt.Of(Enum.GetNames<Augmentation>()), Enum.IsDefined(training.Augmentation)),
        new("training.learningRate", training.LearningRate, "a positive number", training.LearningRate > 0 && float.IsFinite(training.LearningRate)),
    ];

    private static IEnumerable<Rule> OnData(ManifestData data) =>
    [
        new("data.name", data.Name, SomeText, data.Name.Length > 0),
        new("data.generator.name", data.Generator?.Name, SomeText, data.Generator is not { Name.Length: 0 }),
        new("data.generator.version", data.Generator?.Version, FromOne, data.Generator is not { Version: < 1 }),
        .. OnImages("data.training", data.Training),
        .. OnImages("data.validation", data.Validation),
        .. OnImages("data.test", data.Test),
        new("data.form", data.Form, Excerpt.Of(Enum.GetNames<DataForm>()), data.Form is not { } form || Enum.IsDefined(form)),
        .. data.Split is { } split ? OnSplit("data.split", split) : [],
        .. data.TestSplit is { } testSplit ? OnSplit("data.testSplit", testSplit) : [],
    ];

    private static IEnumerable<Rule> OnSplit(string field, ManifestSplit split) =>
    [
        new($"{field}.method", split.Method, Excerpt.Of(Enum.GetNames<DataSplitMethod>()), Enum.IsDefined(split.Method)),
        new($"{field}.seed", split.Seed, "null, where nothing is drawn, else a whole number", split.Seed is null == (split.Method == DataSplitMethod.Last)),
    ];

    private static IEnumerable<Rule> OnImages(string field, ManifestImages images) =>
    [
        new($"{field}.count", images.Count, FromOne, images.Count >= 1),
        OnHash($"{field}.imagesSha256", images.ImagesSha256, Sha256Length),
        OnHash($"{field}.labelsSha256", images.LabelsSha256, Sha256Length),
    ];

    private static IEnumerable<Rule> OnMetrics(ManifestMetrics metrics, ManifestData data) =>
    [
        new("metrics.count", metrics.Count, $"{data.Test.Count}, that of data.test", metrics.Count == data.Test.Count),
        new("metrics.correct", metrics.Correct, $"0 to {metrics.Count}, the count", metrics.Correct >= 0 && metrics.Correct <= metrics.Count),
        new("metrics.accuracy", metrics.Accuracy, $"{metrics.Correct} of {metrics.Count}", metrics.Accuracy == (double)metrics.Correct / metrics.Count),
        new("metrics.cost", metrics.Cost, "a number from 0", metrics.Cost >= 0 && double.IsFinite(metrics.Cost)),
    ];

    private static IEnumerable<Rule> OnGate(ManifestGate gate) =>
    [
        new("gate.minAccuracy", gate.MinAccuracy, Share, gate.MinAccuracy is null or (>= 0 and <= 1)),
        new("gate.maxRegression", gate.MaxRegression, Share, gate.MaxRegression is >= 0 and <= 1),
        new("gate.baseline", gate.Baseline, "a semantic version", gate.Baseline is null || StoreNames.IsVersion(gate.Baseline)),
        new("gate.failedChecks", Excerpt.Of(gate.FailedChecks), SomeText + " for each check", gate.FailedChecks.All(check => check.Length > 0)),
        new("gate.forced", gate.Forced, "true where checks failed, else false", gate.Forced == gate.FailedChecks.Count > 0),
    ];

    private static IEnumerable<Rule> OnProvenance(ManifestProvenance origin) =>
    [
        new("provenance.tool", origin.Tool, SomeText, origin.Tool.Length > 0),
        new("provenance.gitCommit", origin.GitCommit, $"{Sha1Length} or {Sha256Length} hexadecimal digits in lower case",
            origin.GitCommit is not { } commit || IsHex(commit, Sha1Length) || IsHex(commit, Sha256Length)),
        new("provenance.sdk", origin.Sdk, SomeText, origin.Sdk is not { Length: 0 }),
        new("provenance.runtime", origin.Runtime, SomeText, origin.Runtime.Length > 0),
        new("provenance.machine.architecture", origin.Machine.Architecture, SomeText, origin.Machine.Architecture.Length > 0),
        new("provenance.machine.vectorBits", origin.Machine.VectorBits, "0, 128, 256 or 512", origin.Machine.VectorBits is 0 or 128 or 256 or 512),
        new("provenance.builder", origin.Builder, ManifestProvenance.BuilderForm, ManifestProvenance.IsBuilder(origin.Builder)),
        .. origin.Packages.SelectMany((package, i) => OnPackage($"provenance.packages[{i}]", package)),
    ];

    private static IEnumerable<Rule> OnPackage(string field, ManifestPackage package) =>
    [
        new($"{field}.name", package.Name, SomeText, package.Name.Length > 0),
        new($"{field}.version", package.Version, SomeText, package.Version.Length > 0),
        new($"{field}.contentHash", package.ContentHash, $"{Sha512Bytes} bytes in Base64", package.ContentHash is not { } hash || IsBase64(hash, Sha512Bytes)),
    ];

    private static IEnumerable<Rule> OnSelfTest(string field, ManifestSelfTest test, ModelManifest manifest) =>
    [
        new($"the number of {field}.pixels", test.Pixels.Length, $"{manifest.Sizes[0]}, the first of the sizes", test.Pixels.Length == manifest.Sizes[0]),
        new($"the number of {field}.scores", test.Scores.Count, $"{manifest.Sizes[^1]}, the last of the sizes", test.Scores.Count == manifest.Sizes[^1]),
        .. test.Scores.Select((score, i) => new Rule($"{field}.scores[{i}]", score, Share, score is >= 0 and <= 1)),
    ];

    private static IEnumerable<Rule> OnFiles(IReadOnlyList<ManifestFile> files)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < files.Count; i++)
        {
            // A name with a folder in it could point anywhere.
            string field = $"files[{i}]";
            string name = files[i].Name;
            yield return new($"{field}.name", name, "the name of a file in this folder", name.Length > 0 && name == Path.GetFileName(name) && name is not ("." or ".."));
            yield return new($"{field}.name", name, "each file once", names.Add(name));
            yield return new($"{field}.bytes", files[i].Bytes, "a whole number from 0", files[i].Bytes >= 0);
            yield return OnHash($"{field}.sha256", files[i].Sha256, Sha256Length);
        }
    }

    private static Rule OnHash(string field, string? hash, int length) =>
        new(field, hash, $"{length} hexadecimal digits in lower case", hash is null || IsHex(hash, length));

    private static bool IsBase64(string text, int bytes)
    {
        var room = new byte[bytes];
        return Convert.TryFromBase64String(text, room, out int written) && written == bytes;
    }

    private static bool IsHex(string text, int length) => text.Length == length && text.All(char.IsAsciiHexDigitLower);

    /// <summary>One thing that has to hold.</summary>
    private sealed record Rule(string Field, object? Value, string Expected, bool Holds)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Field} is {Shown}; expected {Expected}");

        private object Shown => Value switch
        {
            null => "null",
            string text => $"'{Excerpt.Of(text)}'",
            bool value => value ? "true" : "false",
            _ => Value,
        };
    }
}
