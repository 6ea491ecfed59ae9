namespace NeuralDigits;

/// <summary>The data sets known by name. Another one is another entry.</summary>
public static class DataCatalog
{
    /// <summary>MNIST: 60,000 training and 10,000 test images of handwritten digits, 28 x 28 pixels (LeCun, Cortes, Burges).</summary>
    public static CatalogEntry Mnist { get; } = new()
    {
        Name = "mnist",
        Title = "The MNIST database of handwritten digits (Yann LeCun, Corinna Cortes, Christopher J. C. Burges)",
        Licence = "CC-BY-SA-3.0",
        LicenceSource = "the Keras documentation, https://keras.io/api/datasets/mnist/; the authors' own page names no licence",
        Mirrors =
        [
            new Uri("https://ossci-datasets.s3.amazonaws.com/mnist/"),
            new Uri("https://storage.googleapis.com/cvdf-datasets/mnist/"),
        ],
        TrainingImages = new CatalogFile
        {
            Name = "train-images-idx3-ubyte.gz",
            Length = 9_912_422,
            Sha256 = "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
            UncompressedSha256 = "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
        },
        TrainingLabels = new CatalogFile
        {
            Name = "train-labels-idx1-ubyte.gz",
            Length = 28_881,
            Sha256 = "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
            UncompressedSha256 = "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
        },
        TestImages = new CatalogFile
        {
            Name = "t10k-images-idx3-ubyte.gz",
            Length = 1_648_877,
            Sha256 = "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
            UncompressedSha256 = "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
        },
        TestLabels = new CatalogFile
        {
            Name = "t10k-labels-idx1-ubyte.gz",
            Length = 4_542,
            Sha256 = "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
            UncompressedSha256 = "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
        },
    };

    /// <summary>All entries.</summary>
    public static IReadOnlyList<CatalogEntry> All { get; } = [Mnist];

    /// <summary>The entry of a name, which is spelled as it is in the catalog; <see langword="null"/> if there is none.</summary>
    /// <param name="name">The name.</param>
    public static CatalogEntry? Find(string name) => All.FirstOrDefault(entry => entry.Name == name);
}
