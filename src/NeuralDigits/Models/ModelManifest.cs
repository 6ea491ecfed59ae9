using System.Globalization;
using System.Text.Json.Serialization;

namespace NeuralDigits;

/// <summary>The manifest of a published model, <c>manifest.json</c>: what it is, and everything it came from.</summary>
public sealed record ModelManifest
{
    /// <summary>The schema version that this version of NeuralDigits writes.</summary>
    public const int CurrentSchemaVersion = 3;

    /// <summary>The version of this description: <see cref="CurrentSchemaVersion"/>.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>The model's name.</summary>
    public required string Name { get; init; }

    /// <summary>The model's version, as of https://semver.org.</summary>
    public required string Version { get; init; }

    /// <summary>The layer sizes of the network, the number of inputs first.</summary>
    public required IReadOnlyList<int> Sizes { get; init; }

    /// <summary>The activation function of all layers: <c>sigmoid</c>.</summary>
    public required string Activation { get; init; }

    /// <summary>The names of the classes, one for each output.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>How an input is made from what was measured.</summary>
    public required string InputScaling { get; init; }

    /// <summary>How the network was trained.</summary>
    public required ManifestTraining Training { get; init; }

    /// <summary>What it was trained and evaluated on.</summary>
    public required ManifestData Data { get; init; }

    /// <summary>How it does on the test set.</summary>
    public required ManifestMetrics Metrics { get; init; }

    /// <summary>What it had to reach to be published.</summary>
    public required ManifestGate Gate { get; init; }

    /// <summary>What trained it.</summary>
    public required ManifestProvenance Provenance { get; init; }

    /// <summary>
    /// The version of the tool that published it again, and wrote this description and what follows from it; null, and left out, where that is
    /// the one that trained it: <see cref="ManifestProvenance.Tool"/>.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? WrittenBy { get; init; }

    /// <summary>A few images with the scores that the model gives them.</summary>
    public required IReadOnlyList<ManifestSelfTest> SelfTest { get; init; }

    /// <summary>
    /// The files of the model directory but this one, and but those that are made after it: <c>provenance.intoto.json</c> and <c>SHA256SUMS</c>.
    /// </summary>
    public required IReadOnlyList<ManifestFile> Files { get; init; }
}

/// <summary>How a network was trained; see <see cref="TrainingOptions"/>. The sizes of its layers are <see cref="ModelManifest.Sizes"/>.</summary>
public sealed record ManifestTraining
{
    /// <summary>The cost's name.</summary>
    public required string Cost { get; init; }

    /// <summary>How the first parameters were drawn.</summary>
    public required WeightInitialization Initialization { get; init; }

    /// <summary>How often the training set was gone through, at least 1.</summary>
    public required int Epochs { get; init; }

    /// <summary>The number of examples between two updates, at least 1.</summary>
    public required int MiniBatchSize { get; init; }

    /// <summary>The learning rate, above 0.</summary>
    public required float LearningRate { get; init; }

    /// <summary>The seed of all randomness.</summary>
    public required int Seed { get; init; }

    /// <summary>How the training images were changed before each epoch; left out if they were not, and unknown before schema version 3.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Augmentation Augmentation { get; init; }
}

/// <summary>The data set that a model came from.</summary>
public sealed record ManifestData
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What made the images; null, and left out, if they came from files or from elsewhere.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DataGenerator? Generator { get; init; }

    /// <summary>What the images were read from; null, and left out, if that was IDX files, or if they came from elsewhere.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DataForm? Form { get; init; }

    /// <summary>The images that the network learnt from.</summary>
    public required ManifestImages Training { get; init; }

    /// <summary>The images that it was watched on.</summary>
    public required ManifestImages Validation { get; init; }

    /// <summary>The images that judged it at the end.</summary>
    public required ManifestImages Test { get; init; }

    /// <summary>
    /// How the images to validate with were chosen; null in manifests of schema version 1, where they were the last ones or the source's own.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ManifestSplit? Split { get; init; }

    /// <summary>How the test images were drawn from those of the source; null, and left out, if the source has a test set of its own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ManifestSplit? TestSplit { get; init; }
}

/// <summary>How the images of a set were chosen; how many, <see cref="ManifestData.Validation"/> and <see cref="ManifestData.Test"/> say.</summary>
public sealed record ManifestSplit
{
    /// <summary>How they were chosen.</summary>
    public required DataSplitMethod Method { get; init; }

    /// <summary>What decided which; null where nothing was drawn.</summary>
    public int? Seed { get; init; }

    /// <summary>What a manifest says of a split.</summary>
    /// <param name="split">The split.</param>
    public static ManifestSplit Of(DataSplit split)
    {
        ArgumentNullException.ThrowIfNull(split);
        return new ManifestSplit { Method = split.Method, Seed = split.Seed };
    }

    /// <summary>The split of so many images to validate with.</summary>
    /// <param name="validationCount">How many, at least 1.</param>
    /// <exception cref="InvalidOperationException">The seed is missing, or the method none.</exception>
    public DataSplit Of(int validationCount) => (Method, Seed) switch
    {
        (DataSplitMethod.Last, null) => DataSplit.Last(validationCount),
        (DataSplitMethod.Random, int seed) => DataSplit.Random(validationCount, seed),
        (DataSplitMethod.Stratified, int seed) => DataSplit.Stratified(validationCount, seed),
        _ => throw new InvalidOperationException($"There is no split {Method} with the seed {Seed?.ToString(CultureInfo.InvariantCulture) ?? "null"}."),
    };
}

/// <summary>One set of labelled images.</summary>
public sealed record ManifestImages
{
    /// <summary>The number of images, at least 1.</summary>
    public required int Count { get; init; }

    /// <summary>The SHA-256 of the uncompressed IDX file of images that they are a part of; null if they were made in memory.</summary>
    public required string? ImagesSha256 { get; init; }

    /// <summary>The SHA-256 of the uncompressed IDX file of labels; null if they were made in memory.</summary>
    public required string? LabelsSha256 { get; init; }

    /// <summary>What a manifest says of a set of images.</summary>
    /// <param name="images">The images.</param>
    public static ManifestImages Of(LabelledImages images)
    {
        ArgumentNullException.ThrowIfNull(images);
        return new ManifestImages { Count = images.Count, ImagesSha256 = images.ImagesSha256, LabelsSha256 = images.LabelsSha256 };
    }
}

/// <summary>A model's figures on the test set.</summary>
public sealed record ManifestMetrics
{
    /// <summary>The share of images that are classified right, from 0 to 1.</summary>
    public required double Accuracy { get; init; }

    /// <summary>The number of images that are classified right.</summary>
    public required int Correct { get; init; }

    /// <summary>The number of images, at least 1.</summary>
    public required int Count { get; init; }

    /// <summary>The mean cost.</summary>
    public required double Cost { get; init; }

    /// <summary>What a manifest says of an evaluation.</summary>
    /// <param name="evaluation">The evaluation.</param>
    public static ManifestMetrics Of(EvaluationResult evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        return new ManifestMetrics
        {
            Accuracy = evaluation.Accuracy,
            Correct = evaluation.Correct,
            Count = evaluation.Count,
            Cost = evaluation.Cost,
        };
    }
}

/// <summary>What a model had to reach to be published, and whether it did.</summary>
public sealed record ManifestGate
{
    /// <summary>The accuracy that was asked for, from 0 to 1; null if none was.</summary>
    public required double? MinAccuracy { get; init; }

    /// <summary>By how much the accuracy could be below that of <see cref="Baseline"/>, from 0 to 1.</summary>
    public required double MaxRegression { get; init; }

    /// <summary>The published version that this one was compared with; null if there was none.</summary>
    public required string? Baseline { get; init; }

    /// <summary>Whether the model was published although a check failed, because its publisher said so.</summary>
    public required bool Forced { get; init; }

    /// <summary>The checks that failed, in words; none unless <see cref="Forced"/>.</summary>
    public required IReadOnlyList<string> FailedChecks { get; init; }
}

/// <summary>An image with the scores that the model gives it.</summary>
public sealed record ManifestSelfTest
{
    /// <summary>The pixels, row by row; Base64 in JSON.</summary>
    public required byte[] Pixels { get; init; }

    /// <summary>One score for each class; they sum to 1.</summary>
    public required IReadOnlyList<float> Scores { get; init; }
}

/// <summary>A file of a model directory.</summary>
public sealed record ManifestFile
{
    /// <summary>Its name, without folders.</summary>
    public required string Name { get; init; }

    /// <summary>Its size.</summary>
    public required long Bytes { get; init; }

    /// <summary>Its SHA-256 in lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }
}
