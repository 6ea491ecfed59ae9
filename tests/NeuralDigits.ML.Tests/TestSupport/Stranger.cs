using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using CliWrap;
using CliWrap.Buffered;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace NeuralDigits.ML.Tests;

/// <summary>Runs NeuralDigits.ML.Stranger, a program that knows only Microsoft.ML, in a process of its own.</summary>
internal static class Stranger
{
    private const string FileName = "NeuralDigits.ML.Stranger.dll";

    /// <summary>The folder in which the program lies, together with this test.</summary>
    public static string Folder => AppContext.BaseDirectory;

    /// <summary>Lets the program load a model and score rows.</summary>
    public static async Task<BufferedCommandResult> Run(string folder, string modelPath, string rowsPath, params string[] how) =>
        await Cli.Wrap("dotnet")
            .WithArguments(["exec", Path.Combine(folder, FileName), modelPath, rowsPath, .. how])
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync();

    /// <summary>What the program must print for a chain of three members.</summary>
    public static string ExpectedOutput(IDataView scored)
    {
        IEnumerable<string> rows = scored.GetColumn<string>("PredictedLabel").Zip(
            Rows.Scores(scored), (label, scores) => $"{label} {string.Join(' ', scores.Select(score => Rows.Text(score)))}");
        return string.Join(
            Environment.NewLine, ["ValueToKeyMappingTransformer > SigmoidMlpTransformer > KeyToValueMappingTransformer", .. rows, ""]);
    }

    /// <summary>The assemblies that the program's own code refers to.</summary>
    public static string[] References()
    {
        using var file = new PEReader(File.OpenRead(Path.Combine(Folder, FileName)));
        MetadataReader metadata = file.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }

    /// <summary>Copies the program to another folder, and what is ours into a folder of its own within it.</summary>
    /// <returns>Where our assembly lies.</returns>
    public static string CopyWithPlugIn(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories))
        {
            string name = Path.GetRelativePath(Folder, file);
            string copy = Path.Combine(folder, name is "NeuralDigits.dll" or "NeuralDigits.ML.dll" ? "plug-in" : "", name);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        // It lists our assemblies; without it, a program has whatever lies beside it.
        File.Delete(Path.Combine(folder, Path.ChangeExtension(FileName, ".deps.json")));
        return Path.Combine(folder, "plug-in", "NeuralDigits.ML.dll");
    }
}
