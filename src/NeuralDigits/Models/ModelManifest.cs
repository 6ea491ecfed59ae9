namespace NeuralDigits;

/// <summary>The manifest of a published model, <c>manifest.json</c>: what it is, and everything it came from.</summary>
/// <param name="SchemaVersion">The version of this description: <see cref="CurrentSchemaVersion"/>.</param>
/// <param name="Name">The model's name.</param>
/// <param name="Version">The model's version, as of https://semver.org.</param>
/// <param name="Sizes">The layer sizes of the network, the number of inputs first.</param>
/// <param name="Activation">The activation function of all layers: <c>sigmoid</c>.</param>
/// <param name="Labels">The names of the classes, one for each output.</param>
/// <param name="InputScaling">How an input is made from what was measured.</param>
/// <param name="Training">How the network was trained.</param>
/// <param name="Data">What it was trained and evaluated on.</param>
/// <param name="Metrics">How it does on the test set.</param>
/// <param name="Provenance">What trained it.</param>
/// <param name="SelfTest">A few images with the scores that the model gives them.</param>
/// <param name="Files">The other files of the model directory but <c>SHA256SUMS</c>.</param>
public sealed record ModelManifest(
    int SchemaVersion,
    string Name,
    string Version,
    IReadOnlyList<int> Sizes,
    string Activation,
    IReadOnlyList<string> Labels,
    string InputScaling,
    ManifestTraining Training,
    ManifestData Data,
    ManifestMetrics Metrics,
    ManifestProvenance Provenance,
    IReadOnlyList<ManifestSelfTest> SelfTest,
    IReadOnlyList<ManifestFile> Files)
{
    /// <summary>The schema version that this version of NeuralDigits writes.</summary>
    public const int CurrentSchemaVersion = 1;
}

/// <summary>How a network was trained; see <see cref="TrainingOptions"/>.</summary>
/// <param name="Cost">The cost's name.</param>
/// <param name="Initialization">How the first parameters were drawn.</param>
/// <param name="Epochs">How often the training set was gone through.</param>
/// <param name="MiniBatchSize">The number of examples between two updates.</param>
/// <param name="LearningRate">The learning rate.</param>
/// <param name="Seed">The seed of all randomness.</param>
public sealed record ManifestTraining(string Cost, WeightInitialization Initialization, int Epochs, int MiniBatchSize, float LearningRate, int Seed);

/// <summary>The data set that a model came from.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Training">The images that the network learnt from.</param>
/// <param name="Validation">The images that it was watched on.</param>
/// <param name="Test">The images that judged it at the end.</param>
public sealed record ManifestData(string Name, ManifestImages Training, ManifestImages Validation, ManifestImages Test);

/// <summary>One set of labelled images.</summary>
/// <param name="Count">The number of images.</param>
/// <param name="ImagesSha256">The SHA-256 of the uncompressed IDX file of images that they are a part of; null if they were made in memory.</param>
/// <param name="LabelsSha256">The SHA-256 of the uncompressed IDX file of labels; null if they were made in memory.</param>
public sealed record ManifestImages(int Count, string? ImagesSha256, string? LabelsSha256);

/// <summary>A model's figures on the test set.</summary>
/// <param name="Accuracy">The share of images that are classified right, from 0 to 1.</param>
/// <param name="Correct">The number of images that are classified right.</param>
/// <param name="Count">The number of images.</param>
/// <param name="Cost">The mean cost.</param>
public sealed record ManifestMetrics(double Accuracy, int Correct, int Count, double Cost);

/// <summary>What made a model.</summary>
/// <param name="Tool">The version of the tool.</param>
/// <param name="GitCommit">The git commit that the tool was built from, where it is known.</param>
/// <param name="Runtime">The .NET runtime.</param>
/// <param name="Packages">The packages that took part, with their versions.</param>
public sealed record ManifestProvenance(string Tool, string? GitCommit, string Runtime, IReadOnlyDictionary<string, string> Packages);

/// <summary>An image with the scores that the model gives it.</summary>
/// <param name="Pixels">The pixels, row by row, in Base64.</param>
/// <param name="Scores">One score for each class; they sum to 1.</param>
public sealed record ManifestSelfTest(byte[] Pixels, IReadOnlyList<float> Scores);

/// <summary>A file of a model directory.</summary>
/// <param name="Name">Its name, without folders.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Its SHA-256 in lower-case hexadecimal digits.</param>
public sealed record ManifestFile(string Name, long Bytes, string Sha256);
