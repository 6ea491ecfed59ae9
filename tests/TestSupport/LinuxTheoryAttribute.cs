namespace NeuralDigits.Tests;

/// <summary>A <see cref="LinuxFactAttribute"/> for several cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LinuxTheoryAttribute : TheoryAttribute
{
    public LinuxTheoryAttribute() => Skip = new LinuxFactAttribute().Skip;
}
