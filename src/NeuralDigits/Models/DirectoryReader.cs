namespace NeuralDigits;

/// <summary>Reads the files of a model directory, each once, and compares them with the list of checksums.</summary>
internal sealed class DirectoryReader
{
    private readonly IReadOnlyDictionary<string, string> _sums;
    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    private DirectoryReader(string folder, IReadOnlyDictionary<string, string> sums)
    {
        Folder = folder;
        _sums = sums;
    }

    /// <summary>The directory.</summary>
    public string Folder { get; }

    /// <summary>The files that were read and are as the list says, by their names.</summary>
    public IReadOnlyDictionary<string, byte[]> Files => _files;

    /// <summary>Reads the list of checksums.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such directory.</exception>
    /// <exception cref="InvalidDataException">The list is missing or malformed.</exception>
    public static DirectoryReader Start(string folder)
    {
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no model directory {folder}.");
        string sums = Path.Combine(folder, Sha256Sums.FileName);
        if (!File.Exists(sums))
            throw new InvalidDataException($"{folder} has no {Sha256Sums.FileName}: it is not a model directory, or not a whole one.");
        return new DirectoryReader(folder, Sha256Sums.Read(sums, RegularFile.ReadAllBytes(sums)));
    }

    /// <summary>Reads the files, each when its check is asked for. Findings go on from "it is".</summary>
    public IEnumerable<ModelCheck> ReadFiles() => _sums.Select(sum => Read(sum.Key, sum.Value));

    /// <summary>Whether there are other files as well.</summary>
    public ModelCheck FindOthers()
    {
        const string name = "no other files";
        string[] others =
        [
            .. from entry in Directory.EnumerateFileSystemEntries(Folder).Select(entry => Path.GetFileName(entry))
               where entry != Sha256Sums.FileName && !_sums.ContainsKey(entry)
               orderby entry
               select entry,
        ];
        return others.Length == 0
            ? new ModelCheck(name, $"{Sha256Sums.FileName} lists all", ModelCheckOutcome.Passed)
            : new ModelCheck(name, $"{Sha256Sums.FileName} does not list {string.Join(", ", others)}", ModelCheckOutcome.Failed);
    }

    /// <summary>The content of a file that every model directory has.</summary>
    /// <exception cref="InvalidDataException">It is not among those that were read.</exception>
    public byte[] Required(string name) =>
        _files.GetValueOrDefault(name) ?? throw new InvalidDataException($"{Path.Combine(Folder, Sha256Sums.FileName)} does not list {name}.");

    private ModelCheck Read(string name, string expected)
    {
        string path = Path.Combine(Folder, name);
        if (Directory.Exists(path))
            return new ModelCheck(name, "a folder; expected a file", ModelCheckOutcome.Failed);
        if (!File.Exists(path))
            return new ModelCheck(name, $"missing; {Sha256Sums.FileName} lists it", ModelCheckOutcome.Failed);
        byte[] content = RegularFile.ReadAllBytes(path);
        string actual = Sha256Sums.HashOf(content);
        if (actual != expected)
            return new ModelCheck(name, $"altered: its SHA-256 is {actual}; {Sha256Sums.FileName} says {expected}", ModelCheckOutcome.Failed);
        _files.Add(name, content);
        return new ModelCheck(name, $"SHA-256 {actual}", ModelCheckOutcome.Passed);
    }
}
