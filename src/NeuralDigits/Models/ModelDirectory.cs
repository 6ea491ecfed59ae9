namespace NeuralDigits;

/// <summary>A published model: a directory whose every file has been checked.</summary>
public sealed class ModelDirectory
{
    private ModelDirectory(string folder, ModelContent content, Model model)
    {
        Folder = folder;
        Content = content;
        Model = model;
    }

    /// <summary>Where it is.</summary>
    public string Folder { get; }

    /// <summary>Its manifest.</summary>
    public ModelManifest Manifest => Content.Manifest;

    /// <summary>The model.</summary>
    public Model Model { get; }

    /// <summary>All its files.</summary>
    public ModelContent Content { get; }

    /// <summary>Opens a model directory: checks the SHA-256 of every file, then reads it, then lets the model pass its self-test.</summary>
    /// <param name="folder">The directory.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such directory.</exception>
    /// <exception cref="InvalidDataException">A file is missing, altered, or not what it should be.</exception>
    public static ModelDirectory Open(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no model directory {folder}.");
        Dictionary<string, byte[]> files = ReadChecked(folder);
        string manifestPath = Path.Combine(folder, ModelContent.ManifestFileName);
        ModelManifest manifest = ManifestReader.Read(manifestPath, Required(folder, files, ModelContent.ManifestFileName));
        CheckFiles(manifestPath, manifest, files);
        Model model = ReadModel(folder, Required(folder, files, ModelContent.ModelFileName));
        CheckDescription(manifestPath, manifest, model);
        RunSelfTest(folder, manifest, model);
        return new ModelDirectory(folder, ModelContent.FromFiles(manifest, files), model);
    }

    private static Dictionary<string, byte[]> ReadChecked(string folder)
    {
        string sums = Path.Combine(folder, Sha256Sums.FileName);
        if (!File.Exists(sums))
            throw new InvalidDataException($"{folder} has no {Sha256Sums.FileName}: it is not a model directory, or not a whole one.");
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach ((string name, string expected) in Sha256Sums.Read(sums, ReadFile(sums)))
        {
            string path = Path.Combine(folder, name);
            if (!File.Exists(path))
                throw new InvalidDataException($"{path} is missing; {Sha256Sums.FileName} lists it.");
            byte[] content = ReadFile(path);
            string actual = Sha256Sums.HashOf(content);
            if (actual != expected)
                throw new InvalidDataException($"{path} has been altered: its SHA-256 is {actual}; {Sha256Sums.FileName} says {expected}.");
            files.Add(name, content);
        }

        return files;
    }

    // As many bytes as the system says the file has, and none of a pipe or device, which has none by that account and might never end.
    internal static byte[] ReadFile(string path)
    {
        long length = RegularFile.LengthOf(path) ?? throw new FileNotFoundException($"{path} is missing.");
        if (length > Array.MaxLength)
            throw new InvalidDataException($"{path} has {length} bytes; expected at most {Array.MaxLength}.");
        if (length == 0)
            return [];
        var content = new byte[length];
        using FileStream file = File.OpenRead(path);
        int read = file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        return read == content.Length ? content : throw new InvalidDataException($"{path} has {read} bytes; expected {length}: it changed while it was read.");
    }

    private static byte[] Required(string folder, Dictionary<string, byte[]> files, string name) =>
        files.GetValueOrDefault(name) ?? throw new InvalidDataException($"{Path.Combine(folder, Sha256Sums.FileName)} does not list {name}.");

    private static void CheckFiles(string path, ModelManifest manifest, Dictionary<string, byte[]> files)
    {
        foreach (ManifestFile file in manifest.Files)
        {
            if (!files.TryGetValue(file.Name, out byte[]? content))
                throw new InvalidDataException($"{path} names {file.Name}, but {Sha256Sums.FileName} does not.");
            if (file.Bytes != content.Length || file.Sha256 != Sha256Sums.HashOf(content))
                throw new InvalidDataException($"{path} describes another {file.Name} than there is: it says {file.Bytes} bytes with the SHA-256 {file.Sha256}.");
        }
    }

    private static void CheckDescription(string path, ModelManifest manifest, Model model)
    {
        bool describesModel = manifest.Sizes.SequenceEqual(model.Network.Sizes)
            && manifest.Labels.SequenceEqual(model.Labels)
            && manifest.InputScaling == model.InputScaling
            && manifest.Activation == ModelFile.Activation;
        if (!describesModel)
            throw new InvalidDataException($"{path} describes another network than {ModelContent.ModelFileName} holds.");
    }

    private static Model ReadModel(string folder, byte[] content)
    {
        try
        {
            return ModelFile.Read(content);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{Path.Combine(folder, ModelContent.ModelFileName)}: {exception.Message}", exception);
        }
    }

    private static void RunSelfTest(string folder, ModelManifest manifest, Model model)
    {
        var pass = new ForwardPass(model.Network);
        var scores = new float[model.Network.OutputCount];
        for (int i = 0; i < manifest.SelfTest.Count; i++)
        {
            ManifestSelfTest expected = manifest.SelfTest[i];
            Scores.Normalize(pass.Run(expected.Pixels), scores);
            if (!expected.Scores.SequenceEqual(scores))
                throw new InvalidDataException($"{folder}: self-test {i} failed: the model does not give the scores that the manifest says.");
        }
    }
}
