using System.Text.Json;

namespace NeuralDigits;

/// <summary>Checks a model directory through and through: where <see cref="ModelDirectory.Open"/> stops at the first fault, it goes on.</summary>
/// <param name="forms">The forms of a model that the directory has to have.</param>
/// <param name="toolVersion">The version of the tool that verifies, as <see cref="ManifestProvenance.Tool"/> names it.</param>
public sealed class ModelVerifier(IReadOnlyList<ModelForm> forms, string toolVersion)
{
    /// <summary>Checks a directory.</summary>
    /// <remarks>
    /// First the checksum of every file, and that there are no other files. Where those hold: that the manifest and the model are sound, that
    /// the directory has all that a model directory has and lies where it belongs; that its provenance is about these files; that what
    /// follows from the manifest and the confusion matrix is what follows (where another version wrote it otherwise, it is not checked); that its
    /// history is one of such a training; and then each form, as <see cref="ModelForm.Check"/> says.
    /// </remarks>
    /// <param name="folder">The directory. Each of its files is read once.</param>
    /// <param name="opened">Takes the model as soon as it is read; its further checks are still to come.</param>
    /// <returns>The checks in their order, each made when it is asked for.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such directory.</exception>
    /// <exception cref="InvalidDataException">Its list of checksums is missing or malformed.</exception>
    public IEnumerable<ModelCheck> Verify(string folder, Action<ModelDirectory>? opened = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return Verify(DirectoryReader.Start(folder), opened);
    }

    private IEnumerable<ModelCheck> Verify(DirectoryReader reader, Action<ModelDirectory>? opened)
    {
        bool isSound = true;
        foreach (ModelCheck check in reader.ReadFiles().Append(reader.FindOthers()))
        {
            isSound &= check.Outcome == ModelCheckOutcome.Passed;
            yield return check;
        }

        if (!isSound)
            yield break;
        ModelDirectory? model = null;
        yield return Check("opens", () =>
        {
            model = ModelDirectory.Load(reader);
            return $"{model.Manifest.Name} {model.Manifest.Version}";
        });
        if (model is null)
            yield break;
        opened?.Invoke(model);
        ModelCheck list = Check("list of files", () => CheckList(model));
        yield return list;
        if (list.Outcome == ModelCheckOutcome.Failed)
            yield break;
        if (ModelStore.PlaceOf(model.Folder) is var (name, version))
            yield return Check("place in the store", () => CheckPlace(model.Manifest, name, version));
        yield return Check($"{ModelContent.ProvenanceFileName}, subjects", () => CheckProvenance(model.Content.Files));
        var derived = new DerivedFiles(model.Content, toolVersion);
        foreach (string file in DerivedFiles.Names)
            yield return Check($"{file}, content", () => derived.Check(file));
        yield return Check($"{ModelContent.HistoryFileName}, epochs", () => HistoryLine.Check(model.Content.Files[ModelContent.HistoryFileName], model.Manifest));
        foreach (ModelForm form in forms)
            yield return Check($"{form.FileName}, {form.CheckName}", () => form.Check(model.Content.Files[form.FileName], model));
    }

    private static ModelCheck Check(string name, Func<string> check) => Check(name, () => new ModelFinding(check()));

    private static ModelCheck Check(string name, Func<ModelFinding> check)
    {
        try
        {
            ModelFinding found = check();
            return new ModelCheck(name, found.Text, found.Outcome);
        }
        catch (InvalidDataException exception)
        {
            return new ModelCheck(name, exception.Message, ModelCheckOutcome.Failed);
        }
    }

    // What SHA256SUMS covers was checked: here, that it covers all that a model directory has, and that the manifest lists the same.
    private string CheckList(ModelDirectory model)
    {
        ICollection<string> files = [.. model.Content.Files.Keys];
        string[] missing = [.. ModelContent.RequiredFileNames.Union(forms.Select(form => form.FileName)).Except(files)];
        if (missing.Length > 0)
            throw new InvalidDataException($"{Sha256Sums.FileName} does not list {string.Join(", ", missing)}");
        string[] unlisted =
        [
            .. files.Except(model.Manifest.Files.Select(file => file.Name)).Except([ModelContent.ManifestFileName, ModelContent.ProvenanceFileName])
                .Order(StringComparer.Ordinal),
        ];
        return unlisted.Length > 0
            ? throw new InvalidDataException($"the manifest does not list {string.Join(", ", unlisted)}")
            : $"{files.Count}, in the manifest as well";
    }

    private static string CheckPlace(ModelManifest manifest, string name, string version) => (manifest.Name, manifest.Version) == (name, version)
        ? $"that of {name} {version}"
        : throw new InvalidDataException($"that of {name} {version}, but it is {manifest.Name} {manifest.Version}");

    private static string CheckProvenance(IReadOnlyDictionary<string, byte[]> files)
    {
        Dictionary<string, byte[]> subjects = files.Where(file => file.Key != ModelContent.ProvenanceFileName).ToDictionary();
        try
        {
            return ProvenanceSubjects.Read(files[ModelContent.ProvenanceFileName]).FindFault(subjects) is { } fault
                ? throw new InvalidDataException(fault)
                : $"{subjects.Count} files with their SHA-256";
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"it is malformed: {exception.Message}", exception);
        }
    }
}
