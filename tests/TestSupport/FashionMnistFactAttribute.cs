namespace NeuralDigits.Tests;

/// <summary>A test that needs Fashion-MNIST as Debian's package installs it; reported as skipped elsewhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FashionMnistFactAttribute : FactAttribute
{
    private const string Folder = "/usr/share/datasets/fashion-mnist";

    public FashionMnistFactAttribute()
    {
        if (!Directory.Exists(Folder))
            Skip = $"Needs {Folder}, from Debian's package dataset-fashion-mnist."; // It is not in the repository.
    }
}
