using System.Text;

namespace NeuralDigits;

/// <summary>
/// <c>classes.txt</c> beside the four files of a data set, which do not say it: what the classes are called, a line for each in the order of their
/// labels. Without one there are the ten digits.
/// </summary>
internal static class ClassNamesFile
{
    /// <summary>What the file is called.</summary>
    public const string Name = "classes.txt";

    private const int MostClasses = 256;
    private const int MostBytes = 64 * 1024;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads the names of a folder; null if it has no such file.</summary>
    /// <exception cref="InvalidDataException">The file is no list of 2 to 256 names, all different.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static IReadOnlyList<string>? Read(string folder)
    {
        string path = Path.Combine(folder, Name);
        if (RegularFile.LengthOf(path) is not { } length)
            return null;
        if (length > MostBytes)
            throw Malformed.Data(path, "as a whole", $"at most {MostBytes} bytes", $"{length}");
        string[] names = [.. Text(path).TrimEnd('\r', '\n').Split('\n').Select(line => line.TrimEnd('\r'))];
        if (names.Length is < 2 or > MostClasses)
            throw Malformed.Data(path, "as a whole", $"2 to {MostClasses} lines, each the name of a class", $"{names.Length}");
        for (int i = 0; i < names.Length; i++)
        {
            if (!IsName(names[i]) || Array.IndexOf(names, names[i]) < i)
                throw Malformed.Data(path, $"line {i + 1}", "the name of a class, unlike those before it", $"'{names[i]}'");
        }

        return names;
    }

    /// <summary>Writes the names into a folder, unless they are the ten digits.</summary>
    /// <exception cref="InvalidDataException">A name does not fit on a line.</exception>
    public static void Write(string folder, IReadOnlyList<string> names)
    {
        if (names is ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"])
            return;
        if (names.FirstOrDefault(name => !IsName(name)) is { } unfit)
            throw new InvalidDataException($"The class '{unfit}' has control characters in its name, which {Name} cannot hold. Give it another name.");
        WholeFile.WriteThrough(Path.Combine(folder, Name), Strict.GetBytes(string.Concat(names.Select(name => name + "\n"))));
    }

    private static bool IsName(string name) => name.Length > 0 && !name.Any(char.IsControl);

    private static string Text(string path)
    {
        try
        {
            // Some editors begin with a mark.
            return Strict.GetString(RegularFile.ReadAllBytes(path)).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException exception)
        {
            throw Malformed.Data(path, "as a whole", "text in UTF-8", "other bytes", "", exception);
        }
    }
}
