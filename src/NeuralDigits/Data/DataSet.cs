namespace NeuralDigits;

/// <summary>A training, a validation and a test set of the same kind of images. Never changed.</summary>
public sealed class DataSet
{
    /// <summary>The part of the training files that is set aside for validation: a sixth, 10,000 of MNIST's 60,000.</summary>
    internal const int ValidationShare = 6;

    // Training and validation images in the order of the source; null until they are needed, where there is no source.
    private LabelledImages? _all;

    /// <summary>Puts three sets together.</summary>
    /// <param name="name">
    /// The short name, made of <c>a-z</c>, <c>0-9</c>, <c>.</c> and <c>-</c>, starting with a letter or digit; models are named after it.
    /// </param>
    /// <param name="training">What the network learns from.</param>
    /// <param name="validation">What training is watched and steered by.</param>
    /// <param name="test">What the result is judged by in the end.</param>
    /// <exception cref="ArgumentException">The name is malformed, or the sets differ in image size or classes.</exception>
    public DataSet(string name, LabelledImages training, LabelledImages validation, LabelledImages test)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(validation);
        ArgumentNullException.ThrowIfNull(test);
        if (!DataSetName.IsValid(name))
            throw new ArgumentException($"'{name}' must be made of a-z, 0-9, '.' and '-', and start with a letter or digit.", nameof(name));
        RequireSameKind(training, validation, nameof(validation));
        RequireSameKind(training, test, nameof(test));
        (Name, Training, Validation, Test) = (name, training, validation, test);
        Split = DataSplit.Last(validation.Count);
    }

    internal DataSet(string name, LabelledImages all, LabelledImages test, DataSplit split)
    {
        (Name, Test, Split, _all) = (name, test, split, all);
        (Training, Validation) = split.Apply(all);
    }

    /// <summary>The short name, such as <c>mnist</c>.</summary>
    public string Name { get; }

    /// <summary>What the network learns from.</summary>
    public LabelledImages Training { get; }

    /// <summary>What training is watched and steered by.</summary>
    public LabelledImages Validation { get; }

    /// <summary>What the result is judged by in the end; it steers nothing.</summary>
    public LabelledImages Test { get; }

    /// <summary>What made the images; <see langword="null"/> if they came from files, or from elsewhere.</summary>
    public DataGenerator? Generator { get; internal init; }

    /// <summary>What the images were read from; <see langword="null"/> if that was the four IDX files, or if they came from elsewhere.</summary>
    public DataForm? Form { get; internal init; }

    /// <summary>How <see cref="Test"/> was drawn from the images of the source; <see langword="null"/> if the source has a test set of its own.</summary>
    public DataSplit? TestSplit { get; internal init; }

    /// <summary>How <see cref="Validation"/> was set aside: of sets that were put together, as the last ones.</summary>
    public DataSplit Split { get; }

    /// <summary>All images but those of the test, in the order of the source.</summary>
    internal LabelledImages TrainingAndValidation => _all ??= Training.Then(Validation);

    /// <summary>The same images, with others of them set aside to validate with.</summary>
    /// <param name="split">Which. The test set stays as it is.</param>
    /// <exception cref="ArgumentException">More are to be set aside than there are, or all of them.</exception>
    public DataSet With(DataSplit split)
    {
        ArgumentNullException.ThrowIfNull(split);
        return split == Split ? this : new DataSet(Name, TrainingAndValidation, Test, split)
        {
            Generator = Generator,
            Form = Form,
            TestSplit = TestSplit,
        };
    }

    /// <summary>
    /// Writes the four IDX files that <see cref="Load(string, DataSetFormat?)"/> reads, uncompressed, the images to validate with behind those to learn from.
    /// Where the classes are not the ten digits, <c>classes.txt</c> has their names.
    /// </summary>
    /// <remarks>The folder appears with all files or not at all. They do not say which images are to validate with.</remarks>
    /// <param name="folder">The folder, which must be missing or empty, or hold these very files and no others.</param>
    /// <returns>Whether the files were written; <see langword="false"/> if they were there already.</returns>
    /// <exception cref="InvalidDataException">The name of a class has control characters.</exception>
    /// <exception cref="IOException">The folder is a file, holds anything else, is the current one, or cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public bool Save(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return DataSetFiles.Write(folder, TrainingAndValidation, Test);
    }

    /// <summary>The same images, with a share of those that are not for the test drawn at random and set aside to validate with.</summary>
    /// <param name="share">The share, above 0 and below 1; what it makes of so many images is rounded to a whole number, a half to an even one.</param>
    /// <param name="seed">The same seed chooses the same images.</param>
    /// <param name="isStratified">Whether it is the same share of each class, up to one image.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is not between 0 and 1, or so small that it makes no image.</exception>
    /// <exception cref="ArgumentException">It makes all images.</exception>
    public DataSet WithValidationShare(double share, int seed, bool isStratified = false)
    {
        if (share is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(share), share, "A share above 0 and below 1 is expected.");
        int count = (int)Math.Round(share * (Training.Count + Validation.Count));
        return With(isStratified ? DataSplit.Stratified(count, seed) : DataSplit.Random(count, seed));
    }

    /// <summary>
    /// Loads the four files <c>train-images-idx3-ubyte</c>, <c>train-labels-idx1-ubyte</c>, <c>t10k-images-idx3-ubyte</c> and
    /// <c>t10k-labels-idx1-ubyte</c> of a folder. Each may be gzipped and end in <c>.gz</c>, or be spelled with a dot as in
    /// <c>train-images.idx3-ubyte</c>. A file <c>classes.txt</c> beside them says, in UTF-8, what the classes are called: a line for each in the order
    /// of the labels.
    /// </summary>
    /// <remarks>
    /// The last sixth of the training files, rounded down, is the validation set: 10,000 of MNIST's 60,000 images. The data set is called
    /// <c>mnist</c> only if the uncompressed files are MNIST's by their SHA-256, whatever the folder is called, and so with each data set of
    /// the catalog; else it is called after the folder. The classes of a data set of the catalog are called as the catalog has it, unless
    /// <paramref name="format"/> or <c>classes.txt</c> names them.
    /// </remarks>
    /// <param name="folder">The folder.</param>
    /// <param name="format">The image size and the classes to expect. When left out, MNIST's, and the classes of <c>classes.txt</c> if that is there.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">Files are missing; the message names all of them.</exception>
    /// <exception cref="InvalidDataException">A file is malformed, or the files do not belong together.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static DataSet Load(string folder, DataSetFormat? format = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        DataSetFiles files = DataSetFiles.Find(folder);
        if (format is null && ClassNamesFile.Read(folder) is { } names)
            format = new DataSetFormat { ClassCount = names.Count, ClassNames = names };
        (LabelledImages training, LabelledImages test) = Read(files, format);
        return Of(folder, training, test, DefaultSplit(training), format);
    }

    /// <summary>A data set that was read from a file or folder, and is called after it unless its checksums say that it is one of the catalog.</summary>
    internal static DataSet Of(
        string path, LabelledImages training, LabelledImages test, DataSplit split, DataSetFormat? format, DataForm? form = null)
    {
        CatalogEntry? entry = DataCatalog.All.FirstOrDefault(
            entry => entry.Matches(training.ImagesSha256, training.LabelsSha256, test.ImagesSha256, test.LabelsSha256));
        if (entry is not null && format?.ClassNames is null && entry.ClassNames.Count == training.ClassCount)
            (training, test) = (training.WithClassNames(entry.ClassNames), test.WithClassNames(entry.ClassNames));
        return new DataSet(entry?.Name ?? DataSetName.FromFolder(path), training, test, split) { Form = form };
    }

    /// <summary>Loads the files of a data set of the catalog, wherever they are and however they are packed.</summary>
    /// <exception cref="InvalidDataException">A file is malformed, or not the one that the entry means.</exception>
    internal static DataSet Load(string folder, CatalogEntry entry)
    {
        DataSetFiles files = DataSetFiles.Find(folder);
        var format = new DataSetFormat { Rows = null, Columns = null, ClassCount = entry.ClassNames.Count, ClassNames = entry.ClassNames };
        (LabelledImages training, LabelledImages test) = Read(files, format);
        Require(files.TrainingImages, entry, entry.TrainingImages, training.ImagesSha256);
        Require(files.TrainingLabels, entry, entry.TrainingLabels, training.LabelsSha256);
        Require(files.TestImages, entry, entry.TestImages, test.ImagesSha256);
        Require(files.TestLabels, entry, entry.TestLabels, test.LabelsSha256);
        RequireCount(files.TrainingImages, entry, entry.TrainingCount, training.Count);
        RequireCount(files.TestImages, entry, entry.TestCount, test.Count);
        return new DataSet(entry.Name, training, test, DefaultSplit(training));
    }

    private static DataSplit DefaultSplit(LabelledImages training) => DataSplit.Last(training.Count / ValidationShare);

    private static void Require(string path, CatalogEntry entry, CatalogFile file, string? found)
    {
        if (file.UncompressedSha256 is { } expected && found != expected)
        {
            throw Malformed.Data(
                path, "uncompressed", $"SHA-256 {expected}, as {entry.Name} has it", $"{found}",
                "The file was altered, or is of another data set; name its folder by --data if it is meant.");
        }
    }

    private static void RequireCount(string path, CatalogEntry entry, int expected, int found)
    {
        if (found != expected)
            throw Malformed.Data(path, "as a whole", $"{expected} images, as {entry.Name} has", $"{found}", "Delete the file, and fetch the data set again.");
    }

    private static (LabelledImages Training, LabelledImages Test) Read(DataSetFiles files, DataSetFormat? format)
    {
        Task<LabelledImages> trainingFiles = Task.Run(() => IdxFile.Read(files.TrainingImages, files.TrainingLabels, format));
        Task<LabelledImages> testFiles = Task.Run(() => IdxFile.Read(files.TestImages, files.TestLabels, format));
        Task.WhenAll(trainingFiles, testFiles).GetAwaiter().GetResult();
        (LabelledImages all, LabelledImages test) = (trainingFiles.Result, testFiles.Result);

        if (all.Count < ValidationShare)
        {
            throw Malformed.Data(
                files.TrainingImages, "as a whole",
                $"at least {ValidationShare} images, of which the last sixth is the validation set", $"{all.Count}");
        }

        if ((test.Rows, test.Columns) != (all.Rows, all.Columns))
        {
            throw Malformed.Data(
                files.TestImages, "as a whole", $"images of {all.Rows} x {all.Columns} pixels, as in {files.TrainingImages}",
                $"{test.Rows} x {test.Columns}");
        }

        return (all, test);
    }

    private static void RequireSameKind(LabelledImages training, LabelledImages other, string parameter)
    {
        if ((other.Rows, other.Columns, other.ClassCount) != (training.Rows, training.Columns, training.ClassCount))
        {
            throw new ArgumentException(
                $"Images of {training.Rows} x {training.Columns} pixels in {training.ClassCount} classes are expected, " +
                $"as in the training set, but these are {other.Rows} x {other.Columns} in {other.ClassCount}.",
                parameter);
        }

        if (!other.ClassNames.SequenceEqual(training.ClassNames))
        {
            throw new ArgumentException(
                $"The classes {string.Join(", ", training.ClassNames)} are expected, as in the training set, but these are " +
                $"{string.Join(", ", other.ClassNames)}.",
                parameter);
        }
    }
}
