using System.Collections;
using System.Text.RegularExpressions;
using Microsoft.Build.Framework;

namespace NeuralDigits.MSBuild;

/// <summary>A model as a project file declares it.</summary>
internal sealed class ModelItem
{
    private const string TrainingDataName = "TrainingData";
    private const string VersionName = "Version";
    private const string FirstVersion = "1.0.0";

    // The trainer's name for the first data set that it finds.
    private const string NameOfWhatIsAtHand = "auto";

    // By the names that the trainer has for them.
    private static readonly Dictionary<string, string> Switches = new(StringComparer.OrdinalIgnoreCase)
    {
        [TrainingDataName] = "--data",
        ["Hidden"] = "--hidden",
        ["Epochs"] = "--epochs",
        ["MiniBatch"] = "--mini-batch",
        ["LearningRate"] = "--learning-rate",
        ["Initialization"] = "--initialization",
        ["Augment"] = "--augment",
        ["Seed"] = "--seed",
        ["Threads"] = "--threads",
        ["MinAccuracy"] = "--min-accuracy",
        ["Force"] = "--force",
        [VersionName] = "--model-version",
    };

    private ModelItem(string name, string trainingData, SortedDictionary<string, string> options)
    {
        Name = name;
        TrainingData = trainingData;
        Options = options;
    }

    /// <summary>The model's name.</summary>
    public string Name { get; }

    /// <summary>The folder or file with the training data, in full, or the name of a data set that the trainer knows.</summary>
    public string TrainingData { get; }

    /// <summary>Whether the training data are those of a path, not of a name.</summary>
    public bool HasDataFiles => Path.IsPathRooted(TrainingData);

    /// <summary>The model's version.</summary>
    public string Version => Options[Switches[VersionName]];

    /// <summary>What the trainer is told beside the data and the name: its switches with their values, in alphabetical order.</summary>
    public SortedDictionary<string, string> Options { get; }

    /// <summary>Reads an item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="projectDirectory">What a relative path is relative to.</param>
    /// <exception cref="FormatException">The name cannot be a model's, an option is missing, or there is none of that name.</exception>
    public static ModelItem Read(ITaskItem item, string projectDirectory)
    {
        // The name becomes that of a folder: it must not lead elsewhere.
        if (!Regex.IsMatch(item.ItemSpec, @"^[a-z0-9][a-z0-9._-]{0,99}\z"))
        {
            throw new FormatException(
                $"The model name is '{item.ItemSpec}'; expected lower-case letters, digits, dots, hyphens and underscores, starting with a letter or digit, at most 100.");
        }

        var options = new SortedDictionary<string, string>(StringComparer.Ordinal) { [Switches[VersionName]] = FirstVersion };
        foreach (DictionaryEntry given in item.CloneCustomMetadata())
        {
            (string name, string value) = ((string)given.Key, ((string)given.Value!).Trim());
            if (!Switches.TryGetValue(name, out string? option))
                throw new FormatException($"The model '{item.ItemSpec}' has no option {name}. The options are {string.Join(", ", Switches.Keys)}.");
            if (value.Length > 0)
                options[option] = value;
        }

        if (!options.TryGetValue(Switches[TrainingDataName], out string? data))
            throw new FormatException($"The model '{item.ItemSpec}' has no {TrainingDataName}: name the folder with its training and test images, or a data set.");
        options.Remove(Switches[TrainingDataName]);
        return new ModelItem(item.ItemSpec, PathOrName(projectDirectory, data), options);
    }

    /// <summary>A message of the trainer in the words of the project file: the names of options for those of switches.</summary>
    public static string InWordsOfProject(string message)
    {
        foreach (KeyValuePair<string, string> option in Switches)
            message = message.Replace(option.Value, option.Key);
        return message;
    }

    // What lies in the project comes first. Another word is left to the trainer, which says so if it has no data set of that name.
    private static string PathOrName(string projectDirectory, string data)
    {
        string path = FullPath(projectDirectory, data);
        if (Directory.Exists(path) || File.Exists(path) || data.IndexOfAny(['/', '\\', '.', ':']) >= 0)
            return path;
        return data != NameOfWhatIsAtHand ? data : throw new FormatException(
            $"{TrainingDataName} is '{data}', which is other data on other machines. Name a folder or a data set.");
    }

    // Without a separator at its end, which would escape the quotation mark behind it in a command line.
    private static string FullPath(string projectDirectory, string path) =>
        Path.GetFullPath(Path.Combine(projectDirectory, path.Replace('\\', Path.DirectorySeparatorChar)))
            .TrimEnd(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
}
