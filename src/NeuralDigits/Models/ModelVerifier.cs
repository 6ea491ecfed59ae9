using System.Text.Json;

namespace NeuralDigits;

/// <summary>One thing that was checked about a model directory.</summary>
/// <param name="Name">What: a file, or a property.</param>
/// <param name="Finding">What was found.</param>
/// <param name="Passed">Whether that is as it should be.</param>
public sealed record ModelCheck(string Name, string Finding, bool Passed);

/// <summary>Checks a model directory through and through: where <see cref="ModelDirectory.Open"/> stops at the first fault, it goes on.</summary>
/// <param name="forms">The forms of a model to load, where the directory has them.</param>
public sealed class ModelVerifier(IReadOnlyList<ModelForm> forms)
{
    /// <summary>Checks a directory.</summary>
    /// <remarks>
    /// First the checksum of every file, and that there are no other files; then that the directory opens, has all that a model directory
    /// has, and that its provenance is about these files; and then each form, as <see cref="ModelForm.Check"/> says. A form is loaded only if the
    /// directory opens.
    /// </remarks>
    /// <param name="folder">The directory.</param>
    /// <returns>The checks in their order, each made when it is asked for.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such directory.</exception>
    /// <exception cref="InvalidDataException">Its list of checksums is missing or malformed.</exception>
    public IEnumerable<ModelCheck> Verify(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no model directory {folder}.");
        string sums = Path.Combine(folder, Sha256Sums.FileName);
        if (!File.Exists(sums))
            throw new InvalidDataException($"{folder} has no {Sha256Sums.FileName}: it is not a model directory, or not a whole one.");
        return Verify(folder, Sha256Sums.Read(sums, ModelDirectory.ReadFile(sums)));
    }

    private IEnumerable<ModelCheck> Verify(string folder, IReadOnlyDictionary<string, string> sums)
    {
        bool isSound = true;
        foreach (ModelCheck check in CheckFiles(folder, sums))
        {
            isSound &= check.Passed;
            yield return check;
        }

        if (!isSound)
            yield break;
        (ModelCheck opens, ModelDirectory? model) = CheckOpens(folder);
        yield return opens;
        if (model is null)
            yield break;
        yield return CheckList(model);
        yield return CheckProvenance(model);
        foreach (ModelForm form in forms.Where(form => model.Content.Files.ContainsKey(form.FileName)))
            yield return CheckForm(form, model);
    }

    private static IEnumerable<ModelCheck> CheckFiles(string folder, IReadOnlyDictionary<string, string> sums)
    {
        foreach ((string name, string expected) in sums)
            yield return CheckSum(Path.Combine(folder, name), name, expected);
        string[] unlisted =
        [
            .. from entry in Directory.EnumerateFileSystemEntries(folder).Select(entry => Path.GetFileName(entry))
               where entry != Sha256Sums.FileName && !sums.ContainsKey(entry)
               orderby entry
               select entry,
        ];
        yield return unlisted.Length == 0
            ? new ModelCheck("no other files", $"{Sha256Sums.FileName} lists all", Passed: true)
            : new ModelCheck("no other files", $"{Sha256Sums.FileName} does not list {string.Join(", ", unlisted)}", Passed: false);
    }

    private static ModelCheck CheckSum(string path, string name, string expected)
    {
        if (!File.Exists(path))
            return new ModelCheck(name, $"missing; {Sha256Sums.FileName} lists it", Passed: false);
        string actual = Sha256Sums.HashOf(ModelDirectory.ReadFile(path));
        return actual == expected
            ? new ModelCheck(name, $"SHA-256 {actual}", Passed: true)
            : new ModelCheck(name, $"altered: its SHA-256 is {actual}; {Sha256Sums.FileName} says {expected}", Passed: false);
    }

    private static (ModelCheck Check, ModelDirectory? Model) CheckOpens(string folder)
    {
        const string name = "opens";
        try
        {
            ModelDirectory model = ModelDirectory.Open(folder);
            return (new ModelCheck(name, $"{model.Manifest.Name} {model.Manifest.Version}", Passed: true), model);
        }
        catch (InvalidDataException exception)
        {
            return (new ModelCheck(name, exception.Message, Passed: false), null);
        }
    }

    // What SHA256SUMS covers was checked: here, that it covers all that a model directory has, and that the manifest lists the same.
    private static ModelCheck CheckList(ModelDirectory model)
    {
        const string name = "list of files";
        ICollection<string> files = [.. model.Content.Files.Keys];
        string[] missing = [.. ModelContent.RequiredFileNames.Except(files)];
        if (missing.Length > 0)
            return new ModelCheck(name, $"{Sha256Sums.FileName} does not list {string.Join(", ", missing)}", Passed: false);
        string[] unlisted =
        [
            .. files.Except(model.Manifest.Files.Select(file => file.Name)).Except([ModelContent.ManifestFileName, ModelContent.ProvenanceFileName])
                .Order(StringComparer.Ordinal),
        ];
        return unlisted.Length > 0
            ? new ModelCheck(name, $"the manifest does not list {string.Join(", ", unlisted)}", Passed: false)
            : new ModelCheck(name, $"{files.Count}, in the manifest as well", Passed: true);
    }

    private static ModelCheck CheckProvenance(ModelDirectory model)
    {
        const string name = $"{ModelContent.ProvenanceFileName}, subjects";
        Dictionary<string, byte[]> subjects = model.Content.Files.Where(file => file.Key != ModelContent.ProvenanceFileName).ToDictionary();
        string? fault = "it is missing";
        try
        {
            if (model.Content.Files.TryGetValue(ModelContent.ProvenanceFileName, out byte[]? json))
                fault = ProvenanceStatement.Read(json).FindFault(subjects);
        }
        catch (JsonException exception)
        {
            fault = $"it is malformed: {exception.Message}";
        }

        return new ModelCheck(name, fault ?? $"{subjects.Count} files with their SHA-256", fault is null);
    }

    private static ModelCheck CheckForm(ModelForm form, ModelDirectory model)
    {
        string name = $"{form.FileName}, {form.CheckName}";
        try
        {
            return new ModelCheck(name, form.Check(model.Content.Files[form.FileName], model), Passed: true);
        }
        catch (InvalidDataException exception)
        {
            return new ModelCheck(name, exception.Message, Passed: false);
        }
    }
}
