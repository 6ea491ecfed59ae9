using System.Globalization;

namespace NeuralDigits;

/// <summary>Where the pictures of a <see cref="PictureFolder"/> are, and of which class each is.</summary>
/// <param name="ClassNames">The names of the classes, in the order of their labels.</param>
/// <param name="Pictures">Those to learn from and to validate with; also for the test where it has none of its own.</param>
/// <param name="TestPictures">Those for the test; null if they are to be drawn.</param>
internal sealed record PictureLayout(
    IReadOnlyList<string> ClassNames, IReadOnlyList<(string Path, byte Label)> Pictures, IReadOnlyList<(string Path, byte Label)>? TestPictures)
{
    private const string TrainingFolder = "train", TestFolder = "test";
    private const int MostClasses = 256;
    private const int DigitCount = 10;

    // So many of each class that some are left to learn from, whatever is drawn of it.
    private const int LeastToDraw = 3, LeastToDrawWithTest = 4, LeastOfTest = 1;

    private const string Layout =
        $"A folder of pictures holds a folder for each class, such as 0/a.png, or the two folders {TrainingFolder} and {TestFolder}, each with those of the classes.";

    /// <summary>Lists the pictures of a folder.</summary>
    /// <exception cref="InvalidDataException">The folder has another layout, fewer than two classes or too few pictures of one, or holds links.</exception>
    public static PictureLayout Find(string folder)
    {
        string[] names = Names(folder, areFolders: true);
        if (!names.Contains(TrainingFolder) && !names.Contains(TestFolder))
        {
            string[] classNames = ClassNamesOf(folder, names);
            return new PictureLayout(classNames, List(folder, names, classNames, LeastToDrawWithTest), TestPictures: null);
        }

        if (names is not [TestFolder, TrainingFolder])
            throw Malformed.Data(folder, "as a whole", $"{TrainingFolder} and {TestFolder} with nothing beside them", string.Join(", ", names), Layout);
        (string training, string test) = (Path.Combine(folder, TrainingFolder), Path.Combine(folder, TestFolder));
        string[] trained = Names(training, areFolders: true), tested = Names(test, areFolders: true);
        string[] named = ClassNamesOf(training, trained);
        if (tested.Except(trained).FirstOrDefault() is { } unknown)
            throw Malformed.Data(Path.Combine(test, unknown), "as a whole", $"a class of {training}", "another", "What is tested must be learnt.");
        return tested.Length > 0
            ? new PictureLayout(named, List(training, trained, named, LeastToDraw), List(test, tested, named, LeastOfTest))
            : throw Malformed.Data(test, "as a whole", "folders of classes", "none", Layout);
    }

    /// <summary>Whether something is passed over: what systems leave in folders starts with a dot.</summary>
    public static bool IsHidden(FileSystemInfo entry) => entry.Name.StartsWith('.');

    private static string[] ClassNamesOf(string folder, string[] names)
    {
        if (names.Length is < 2 or > MostClasses)
            throw Malformed.Data(folder, "as a whole", $"2 to {MostClasses} folders, one for each class", names.Length == 1 ? $"one, {names[0]}" : $"{names.Length}", Layout);
        return names.All(name => name is [>= '0' and <= '9'])
            ? [.. Enumerable.Range(0, DigitCount).Select(digit => digit.ToString(CultureInfo.InvariantCulture))]
            : names;
    }

    private static List<(string Path, byte Label)> List(string folder, string[] names, string[] classNames, int least)
    {
        var pictures = new List<(string, byte)>();
        foreach (string name in names)
        {
            string classFolder = Path.Combine(folder, name);
            string[] files = Names(classFolder, areFolders: false);
            if (files.Length < least)
                throw Malformed.Data(classFolder, "as a whole", $"{least} or more pictures of the class", files.Length == 0 ? "none" : $"{files.Length}");
            byte label = (byte)Array.IndexOf(classNames, name);
            pictures.AddRange(files.Select(file => (Path.Combine(classFolder, file), label)));
        }

        return pictures;
    }

    // Whatever order the file system has them in.
    private static string[] Names(string folder, bool areFolders)
    {
        FileSystemInfo[] entries = [.. new DirectoryInfo(folder).EnumerateFileSystemInfos().Where(entry => !IsHidden(entry)).OrderBy(entry => entry.Name, StringComparer.Ordinal)];
        foreach (FileSystemInfo entry in entries)
        {
            string expected = areFolders ? "a folder" : "a file", path = Path.Combine(folder, entry.Name);
            if (entry.LinkTarget is not null)
                throw Malformed.Data(path, "as a whole", expected, "a link", "It may lead elsewhere tomorrow: put what it leads to in its place.");
            if (entry is DirectoryInfo != areFolders)
                throw Malformed.Data(path, "as a whole", expected, areFolders ? "a file" : "a folder", Layout);
        }

        return [.. entries.Select(entry => entry.Name)];
    }
}
