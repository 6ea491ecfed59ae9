namespace NeuralDigits.Tests;

/// <summary>What a finished download leaves.</summary>
internal static class WholeCache
{
    /// <summary>A folder has the four files of <see cref="TinyDataSet"/>, gzipped, and nothing else.</summary>
    public static void AssertIn(string folder)
    {
        Assert.Equal(TinyDataSet.Gzipped.Keys.Order(), Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order());
        Assert.All(TinyDataSet.Gzipped, file => Assert.Equal(file.Value, File.ReadAllBytes(Path.Combine(folder, file.Key))));
    }
}
