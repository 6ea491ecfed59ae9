using System.Globalization;

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
    /// First the checksum of every file, and that there are no other files; then that the directory opens; and then of each form, that it loads,
    /// has the manifest's labels, and passes its self-test. A form is loaded only if all before it is sound.
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
        return Verify(folder, Sha256Sums.Read(sums, File.ReadAllBytes(sums)));
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
        string actual = Sha256Sums.HashOf(File.ReadAllBytes(path));
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

    private static ModelCheck CheckForm(ModelForm form, ModelDirectory model)
    {
        ModelManifest manifest = model.Manifest;
        if (manifest.SelfTest.Count == 0)
            return new ModelCheck($"{form.FileName}, self-test", "the manifest has no images to test with", Passed: false);
        string? problem;
        try
        {
            FormScores found = form.Score(model.Content.Files[form.FileName], SelfTestImages(manifest));
            problem = Difference(found, manifest, form.Tolerance);
        }
        catch (InvalidDataException exception)
        {
            problem = exception.Message;
        }

        return new ModelCheck($"{form.FileName}, self-test", problem ?? $"{manifest.SelfTest.Count} images, the manifest's scores", problem is null);
    }

    // One row each: the manifest knows how many pixels an image has, but not their rows. The labels play no part.
    private static LabelledImages SelfTestImages(ModelManifest manifest) => new(
        manifest.SelfTest.SelectMany(test => test.Pixels).ToArray(),
        new byte[manifest.SelfTest.Count],
        rows: 1,
        columns: manifest.Sizes[0],
        classCount: 1);

    private static string? Difference(FormScores found, ModelManifest manifest, float tolerance)
    {
        if (!found.Labels.SequenceEqual(manifest.Labels))
            return $"its labels are {string.Join(", ", found.Labels)}; the manifest's are {string.Join(", ", manifest.Labels)}";
        float[] expected = [.. manifest.SelfTest.SelectMany(test => test.Scores)];
        if (found.Values.Count != expected.Length)
            return $"it gives {found.Values.Count} scores; expected {expected.Length}";

        // Written so that a NaN is a difference.
        int wrong = Array.FindIndex([.. expected.Zip(found.Values)], pair => !(Math.Abs(pair.First - pair.Second) <= tolerance));
        return wrong < 0 ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"image {wrong / manifest.Labels.Count} scores {found.Values[wrong]} as {manifest.Labels[wrong % manifest.Labels.Count]}; " +
            $"the manifest says {expected[wrong]}");
    }
}
