namespace NeuralDigits.ML.Tests;

/// <summary>A test that needs the files of MNIST; skipped where the environment variable does not tell where they are.</summary>
internal sealed class MnistFactAttribute : FactAttribute
{
    public MnistFactAttribute()
    {
        if (Folder is null)
            Skip = $"{DataSetLocator.EnvironmentVariable} does not name a folder with the files of MNIST.";
    }

    public static string? Folder => Environment.GetEnvironmentVariable(DataSetLocator.EnvironmentVariable);
}
