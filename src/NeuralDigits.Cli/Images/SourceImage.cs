namespace NeuralDigits.Cli;

/// <summary>An image that the caller named.</summary>
/// <param name="File">The file as the caller wrote it.</param>
/// <param name="Index">Its number in a file of many images, from 0; null where the file is one picture.</param>
/// <param name="Picture">The pixels.</param>
internal sealed record SourceImage(string File, int? Index, Picture Picture)
{
    /// <summary>The file, and which image of it.</summary>
    public string Name => NameOf(File, Index);

    public static string NameOf(string file, int? index) => index is null ? file : $"{file}[{index}]";
}
