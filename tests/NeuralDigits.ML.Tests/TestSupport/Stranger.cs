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
    public static async Task<BufferedCommandResult> Run(string folder, string modelPath, string rowsPath, string? how = null)
    {
        string[] last = how is null ? [] : [how];
        return await Cli.Wrap("dotnet")
            .WithArguments(["exec", Path.Combine(folder, FileName), modelPath, rowsPath, .. last])
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync();
    }

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

    /// <summary>Copies the program to another folder, with a NeuralDigits.ML from which the attribute for ML.NET is taken away.</summary>
    public static void CopyWithoutAttribute(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(folder, Path.GetRelativePath(Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        using var assembly = Mono.Cecil.AssemblyDefinition.ReadAssembly(Path.Combine(Folder, "NeuralDigits.ML.dll"));
        assembly.CustomAttributes.Remove(
            assembly.CustomAttributes.Single(attribute => attribute.AttributeType.Name == "LoadableClassAttribute"));
        assembly.Write(Path.Combine(folder, "NeuralDigits.ML.dll"));
    }
}
