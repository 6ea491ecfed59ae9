namespace NeuralDigits.Tests;

/// <summary>A test that needs the real MNIST files; reported as skipped where the environment does not say where they are.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MnistFactAttribute : FactAttribute
{
    private const string Variable = "NEURALDIGITS_DATA";

    public MnistFactAttribute()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable)))
            Skip = $"Set {Variable} to a folder with the four files of MNIST.";
    }

    /// <summary>The folder with the four files.</summary>
    public static string Folder => Environment.GetEnvironmentVariable(Variable)!;
}
