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
        DirectoryReader reader = DirectoryReader.Start(folder);
        if (reader.ReadFiles().FirstOrDefault(file => file.Outcome == ModelCheckOutcome.Failed) is { } fault)
            throw new InvalidDataException($"{Path.Combine(folder, fault.Name)} is {fault.Finding}.");
        ModelDirectory directory = Load(reader);
        directory.RunSelfTest();
        return directory;
    }

    /// <summary>Makes a model of files that have been read.</summary>
    /// <exception cref="InvalidDataException">One that is needed is missing, or is not what it should be.</exception>
    internal static ModelDirectory Load(DirectoryReader reader)
    {
        string manifestPath = Path.Combine(reader.Folder, ModelContent.ManifestFileName);
        ModelManifest manifest = ManifestReader.Read(manifestPath, reader.Required(ModelContent.ManifestFileName));
        CheckFiles(manifestPath, manifest, reader.Files);
        Model model = ModelFile.Read(Path.Combine(reader.Folder, ModelContent.ModelFileName), reader.Required(ModelContent.ModelFileName));
        CheckDescription(manifestPath, manifest, model);
        return new ModelDirectory(reader.Folder, ModelContent.FromFiles(manifest, reader.Files), model);
    }

    /// <summary>Gives the model the images of the manifest's self-test.</summary>
    /// <exception cref="InvalidDataException">It does not give them their scores.</exception>
    internal void RunSelfTest()
    {
        var pass = new ForwardPass(Model.Network);
        var scores = new float[Model.Network.OutputCount];
        for (int i = 0; i < Manifest.SelfTest.Count; i++)
        {
            ManifestSelfTest expected = Manifest.SelfTest[i];
            Scores.Normalize(pass.Run(expected.Pixels), scores);
            if (!expected.Scores.SequenceEqual(scores))
                throw new InvalidDataException($"{Folder}: self-test {i} failed: the model does not give the scores that the manifest says.");
        }
    }

    private static void CheckFiles(string path, ModelManifest manifest, IReadOnlyDictionary<string, byte[]> files)
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
}
