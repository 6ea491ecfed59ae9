using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace NeuralDigits.MSBuild;

/// <summary>All that the bytes of a model depend on, summed up in a key: the same key means the same model.</summary>
internal static class TrainingInputs
{
    private const int KeyLength = 16;

    // train or test, then a folder for each class.
    private const int PictureFolderDepth = 2;

    /// <summary>The key: lower-case hexadecimal digits.</summary>
    /// <param name="model">The model.</param>
    /// <param name="trainer">The assembly of the trainer.</param>
    /// <exception cref="IOException">A file of the training data cannot be read.</exception>
    public static string KeyOf(ModelItem model, string trainer)
    {
        var inputs = new StringBuilder();
        inputs.Append(model.Name).Append('\n').Append(FileVersionInfo.GetVersionInfo(trainer).ProductVersion).Append('\n');
        foreach (KeyValuePair<string, string> option in model.Options)
            inputs.Append(option.Key).Append(' ').Append(option.Value).Append('\n');
        // What a name stands for is the trainer's business: its version says it.
        if (!model.HasDataFiles)
            inputs.Append(model.TrainingData).Append('\n');
        foreach (string file in model.HasDataFiles ? FilesOf(model.TrainingData) : [])
            inputs.Append(NameOf(file, model.TrainingData)).Append(' ').Append(HashOf(file)).Append('\n');
        using var sha256 = SHA256.Create();
        return Hexadecimal(sha256.ComputeHash(Encoding.UTF8.GetBytes(inputs.ToString()))).Substring(0, KeyLength);
    }

    // By their content, not by their time: a fresh checkout of the same files trains nothing.
    private static string HashOf(string file)
    {
        using FileStream content = File.OpenRead(file);
        using var sha256 = SHA256.Create();
        return Hexadecimal(sha256.ComputeHash(content));
    }

    // What is missing is left to the trainer to complain of.
    private static IEnumerable<string> FilesOf(string data) => File.Exists(data)
        ? [data]
        : FilesOf(data, PictureFolderDepth).OrderBy(file => file, StringComparer.Ordinal);

    private static IEnumerable<string> FilesOf(string folder, int depth)
    {
        if (!Directory.Exists(folder))
            return [];
        string[] files = [.. Directory.GetFiles(folder).Where(IsVisible)];
        // Only pictures lie in folders of folders.
        return depth == 0 || files.Any(file => Path.GetFileName(file).Contains("-ubyte"))
            ? files
            : files.Concat(Directory.GetDirectories(folder).Where(IsVisible).SelectMany(inner => FilesOf(inner, depth - 1)));
    }

    private static bool IsVisible(string path) => !Path.GetFileName(path).StartsWith(".", StringComparison.Ordinal);

    // The same on every system, and wherever the data lie.
    private static string NameOf(string file, string data) => file.Length == data.Length
        ? Path.GetFileName(file)
        : file.Substring(data.Length + 1).Replace(Path.DirectorySeparatorChar, '/');

    private static string Hexadecimal(byte[] bytes) => string.Concat(bytes.Select(value => value.ToString("x2", CultureInfo.InvariantCulture)));
}
