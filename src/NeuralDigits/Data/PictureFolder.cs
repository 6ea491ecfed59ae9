namespace NeuralDigits;

/// <summary>A data set of pictures, such as a person's own digits: each class is a folder, called like it, and each file in it a picture of it.</summary>
/// <remarks>
/// <para>
/// The folders of the classes lie in the folder itself, as <c>0/a.png</c>, or in its subfolders <c>train</c> and <c>test</c>. Without those, a
/// seventh of the pictures is drawn for the test, as MNIST has 10,000 of 70,000; in either case a sixth of the others to validate with. Both are
/// drawn by a seed that never changes, of each class the same share.
/// </para>
/// <para>
/// Each picture becomes an image by <see cref="DigitImage.From"/>. Images are in the order of their classes and file names, by the numbers of the
/// characters, with the validation images behind the training images: the same pictures give the same data set on every machine, and the
/// checksums are those of the IDX files that hold it. Where every class is called like a digit, there are ten classes and the digit is the label;
/// else labels follow the order of the names. Names that start with a dot are passed over.
/// </para>
/// </remarks>
public static class PictureFolder
{
    private const int TestShare = 7;
    private const int SplitSeed = 0;
    private const int PixelsPerImage = DigitImage.Side * DigitImage.Side;

    /// <summary>Whether a folder holds folders or PNG files, and no file of an IDX data set, nor a folder with one.</summary>
    /// <param name="folder">The folder, which need not exist or be readable.</param>
    public static bool IsLikely(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (!Directory.Exists(folder) || DataSetFiles.ExistInPart(folder))
            return false;
        try
        {
            return DataSetFiles.FindWithin(folder) is null && new DirectoryInfo(folder).EnumerateFileSystemInfos().Any(entry => !PictureLayout.IsHidden(entry)
                && (entry is DirectoryInfo || entry.Extension.Equals(".png", StringComparison.OrdinalIgnoreCase)));
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Reads all pictures.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="read">Reads the picture of a file, or throws an <see cref="InvalidDataException"/> that names the file.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="InvalidDataException">
    /// The folder has another layout, fewer than two classes or too few pictures of one, or holds links or anything but pictures; or a picture is blank.
    /// </exception>
    /// <exception cref="IOException">A folder or a file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder or a file may not be read.</exception>
    /// <exception cref="OperationCanceledException">The reading was stopped.</exception>
    public static DataSet Load(string folder, Func<string, Picture> read, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(read);
        PictureLayout layout = PictureLayout.Find(folder);
        LabelledImages all = Read(folder, layout.Pictures, layout.ClassNames, read, cancellation);
        if (layout.TestPictures is { } testPictures)
            return Of(folder, all, Read(folder, testPictures, layout.ClassNames, read, cancellation), testSplit: null);
        DataSplit testSplit = DataSplit.Stratified(all.Count / TestShare, SplitSeed);
        (LabelledImages others, LabelledImages test) = testSplit.Apply(all);
        return Of(folder, others, test, testSplit);
    }

    private static DataSet Of(string folder, LabelledImages others, LabelledImages test, DataSplit? testSplit)
    {
        (LabelledImages training, LabelledImages validation) = DataSplit.Stratified(others.Count / DataSet.ValidationShare, SplitSeed).Apply(others);
        LabelledImages all = training.Then(validation).WithChecksums();
        return new DataSet(DataSetName.FromFolder(folder), all, test.WithChecksums(), DataSplit.Last(validation.Count))
        {
            Form = DataForm.Pictures,
            TestSplit = testSplit,
        };
    }

    private static LabelledImages Read(
        string folder, IReadOnlyList<(string Path, byte Label)> pictures, IReadOnlyList<string> classNames, Func<string, Picture> read, CancellationToken cancellation)
    {
        const int most = int.MaxValue / PixelsPerImage;
        if (pictures.Count > most)
            throw Malformed.Data(folder, "as a whole", $"at most {most} pictures", $"{pictures.Count}");
        var pixels = new byte[pictures.Count * PixelsPerImage];
        for (int i = 0; i < pictures.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            Image(pictures[i].Path, read).CopyTo(pixels.AsSpan(i * PixelsPerImage));
        }

        byte[] labels = [.. pictures.Select(picture => picture.Label)];
        return new LabelledImages(pixels, labels, DigitImage.Side, DigitImage.Side, classNames.Count, classNames);
    }

    private static byte[] Image(string path, Func<string, Picture> read)
    {
        Picture picture = read(path);
        try
        {
            return DigitImage.From(picture);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }
}
