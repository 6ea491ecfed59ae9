using System.Text;
using System.Text.RegularExpressions;

namespace NeuralDigits.Packages.Tests;

/// <summary>The sample TrainInBuild outside the repository, with data that are learnt in a second.</summary>
internal sealed partial class TrainInBuildProject
{
    private const string Sample = "TrainInBuild";
    private readonly TemporaryFolder _folder;

    public TrainInBuildProject(TemporaryFolder folder, PackedPackages packages)
    {
        _folder = folder;
        Folder = packages.CopySample(folder, Sample);
        Data = LearnableDataSet.Write(folder, Path.Combine(Sample, "data"));
    }

    /// <summary>The folder of the project.</summary>
    public string Folder { get; }

    /// <summary>The folder of its data.</summary>
    public string Data { get; }

    /// <summary>The project file.</summary>
    public string File => Path.Combine(Folder, $"{Sample}.csproj");

    /// <summary>The folders of all models that were trained and are still there, whole or not.</summary>
    public string[] TrainedModels => Directory.Exists(ModelsDirectory) ? Directory.GetDirectories(ModelsDirectory, "*", SearchOption.AllDirectories)
        .Where(folder => Path.GetDirectoryName(folder) != ModelsDirectory).ToArray() : [];

    private string ModelsDirectory => Path.Combine(Folder, "obj", "neuraldigits");

    /// <summary>Changes the project file.</summary>
    public void Edit(string before, string after)
    {
        string project = System.IO.File.ReadAllText(File);
        Assert.Contains(before, project, StringComparison.Ordinal);
        _folder.Write(File, Encoding.UTF8.GetBytes(project.Replace(before, after, StringComparison.Ordinal)));
    }

    /// <summary>How many trainings a log of normal or less verbosity tells of.</summary>
    public static int TrainingsIn(string log) => Trained().Count(log);

    [GeneratedRegex(@"^ *[a-z]+: test accuracy .* -> ", RegexOptions.Multiline)]
    private static partial Regex Trained();
}
