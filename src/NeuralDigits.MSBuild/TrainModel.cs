using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace NeuralDigits.MSBuild;

/// <summary>Trains a model, unless it is there already: trained from the same data, with the same options, by the same version.</summary>
public sealed class TrainModel : ModelTask
{
    private const string OutputFolder = "models";
    private const string ChecksumsName = "SHA256SUMS";
    private const string HeadlinePrefix = "test accuracy ";

    private string _headline = "";

    /// <summary>Whether this is the build for one of several target frameworks: it then repeats no line about a model that is there.</summary>
    public bool IsInnerBuild { get; set; }

    /// <summary>The model, with the metadata <c>Directory</c>.</summary>
    [Output]
    public ITaskItem? TrainedModel { get; private set; }

    /// <summary>Its files, with the metadata <c>TargetPath</c>: where each belongs below an output folder.</summary>
    [Output]
    public ITaskItem[] ModelFiles { get; private set; } = [];

    private protected override bool Execute(ModelItem model, string folder, string modelDirectory)
    {
        if (!IsWhole(modelDirectory) && !TrainAlone(model, folder, modelDirectory))
            return false;
        if (_headline.Length == 0)
            Log.LogMessage(IsInnerBuild ? MessageImportance.Normal : MessageImportance.High, "{0}", $"{Name} is up to date -> {modelDirectory}");
        TrainedModel = new TaskItem(Name, new Dictionary<string, string> { ["Directory"] = modelDirectory + Path.DirectorySeparatorChar });
        ModelFiles = [.. Directory.GetFiles(modelDirectory).Select(ModelFile)];
        return true;
    }

    private protected override void LogOutput(string line)
    {
        base.LogOutput(line);
        if (line.StartsWith(HeadlinePrefix, StringComparison.Ordinal))
            _headline = line;
    }

    // Several builds, or several target frameworks of one, may want the same model: the first trains it, and the others find it.
    private bool TrainAlone(ModelItem model, string folder, string modelDirectory)
    {
        using IDisposable? held = FolderLock.Take(
            folder, reason => Log.LogMessage(MessageImportance.High, "{0}", $"{Name}: waiting for another build. {reason}"), () => IsCancelled);
        return held is not null && (IsWhole(modelDirectory) || Train(model, Path.Combine(folder, ".training"), modelDirectory));
    }

    // Trained beside its place and moved there when all is done: however this ends, there is never a part of a model.
    private bool Train(ModelItem model, string workFolder, string modelDirectory)
    {
        Delete(workFolder);
        try
        {
            string[] options = [.. model.Options.SelectMany(option => new[] { option.Key, option.Value })];
            if (!Run(["train", "--model-name", model.Name, "--data", model.TrainingData, "--output", workFolder, .. options]))
                return false;
            Delete(modelDirectory);
            Directory.Move(Path.Combine(workFolder, model.Name, model.Version), modelDirectory);
        }
        finally
        {
            Delete(workFolder);
        }

        Log.LogMessage(MessageImportance.High, "{0}", $"{Name}: {_headline} -> {modelDirectory}");
        return true;
    }

    // Its checksums are looked at where it is opened and by VerifyModels; here, that someone did not delete half of it.
    private static bool IsWhole(string modelDirectory)
    {
        string checksums = Path.Combine(modelDirectory, ChecksumsName);
        const int nameStart = 64 + 2;
        return File.Exists(checksums)
            && File.ReadLines(checksums).All(line => line.Length > nameStart && File.Exists(Path.Combine(modelDirectory, line.Substring(nameStart))));
    }

    private ITaskItem ModelFile(string path) => new TaskItem(
        path, new Dictionary<string, string> { ["TargetPath"] = Path.Combine(OutputFolder, Name, Path.GetFileName(path)) });

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }
}
