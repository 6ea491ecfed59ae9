namespace NeuralDigits.Pipeline;

/// <summary>An argument of the build, written <c>--name value</c> or <c>--name=value</c>.</summary>
/// <param name="Name">Its name, without the dashes.</param>
/// <param name="Value">What kind of value it takes, as the list of arguments shows it.</param>
/// <param name="Description">What it means, in one line.</param>
/// <param name="Targets">The targets that use it.</param>
public sealed record Argument(string Name, string Value, string Description, params string[] Targets)
{
    /// <summary>The <see cref="Value"/> of an argument that is a path.</summary>
    public const string Folder = "FOLDER";

    /// <summary>The <see cref="Value"/> of an argument that is a path unless it is the name of a data set.</summary>
    public const string DataSetOrFolder = "NAME|PATH";

    /// <summary>Every argument there is. Those of the tool keep its names, values and defaults.</summary>
    public static IReadOnlyList<Argument> All { get; } =
    [
        new("data", DataSetOrFolder, "the images: a data set by name (mnist, ...), or a folder or file; else NEURALDIGITS_DATA, the cache, a download", nameof(Data), nameof(Train), nameof(Evaluate), nameof(Verify), nameof(Benchmark)),
        new("cache", Folder, "where downloads are kept", nameof(Data), nameof(Train), nameof(Evaluate), nameof(Verify)),
        new("offline", "true", "use no network for data", nameof(Data), nameof(Train), nameof(Evaluate), nameof(Verify)),
        new("mirror", "URL", "where to download data from first", nameof(Data), nameof(Train), nameof(Evaluate), nameof(Verify)),
        new("validation", "SHARE|N", "images to draw and set aside to validate with", nameof(Train)),
        new("stratified", "true", "set the same share of each class aside; needs --validation", nameof(Train)),
        new("epochs", "N", "passes over the training images", nameof(Train)),
        new("hidden", "N[,N...]", "neurons of each hidden layer", nameof(Train)),
        new("mini-batch", "N", "images of one step", nameof(Train)),
        new("learning-rate", "X", "length of one step", nameof(Train)),
        new("initialization", "NAME", "scaled or standard-normal weights to begin with", nameof(Train)),
        new("augment", "NAME", "shift, affine or elastic: how training images are changed before each epoch", nameof(Train)),
        new("seed", "N", "the same seed gives the same model, byte for byte", nameof(Train)),
        new("threads", "N", "processor cores to use", nameof(Train), nameof(Evaluate), nameof(Verify)),
        new("min-accuracy", "X", "least part of the test images to be read rightly, or usual: by data set", nameof(Train), nameof(Evaluate)),
        new("max-regression", "X", "how much worse than the version to compare with it may be", nameof(Train), nameof(Evaluate)),
        new("baseline", "V|none", "version to compare with, or none; else the last one not published by force", nameof(Train), nameof(Evaluate)),
        new("force", "true", "publish even what is worse or below the least part", nameof(Train)),
        new("builder", "URI", "who trains, for the provenance", nameof(Train)),
        new("model-name", "NAME", "name of the model", nameof(Train), nameof(Evaluate), nameof(Publish), nameof(Verify), nameof(Package)),
        new("model-version", "V", "version of the model", nameof(Train), nameof(Evaluate), nameof(Publish), nameof(Verify), nameof(Package)),
        new("from-version", "V", "version to publish again as --model-version", nameof(Publish)),
        new("output", Folder, "where the models are", nameof(Train), nameof(Evaluate), nameof(Publish), nameof(Verify), nameof(Package)),
        new("benchmark", "NAME", "what to measure: trainers, peers or kernels; without it the first two", nameof(Benchmark)),
        new("runs", "N", "how often to measure; the median counts", nameof(Benchmark)),
        new("filter", "EXPRESSION", "tests to run, as dotnet test takes it", nameof(Test)),
    ];

    /// <summary>How the argument is written.</summary>
    public string Usage => $"--{Name} {Value}";
}
