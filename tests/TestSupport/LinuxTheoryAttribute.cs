namespace NeuralDigits.Tests;

/// <summary>A <see cref="LinuxFactAttribute"/> for several cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LinuxTheoryAttribute : TheoryAttribute
{
    public LinuxTheoryAttribute() => Skip = new LinuxFactAttribute().Skip; // For the same reason; null, which xunit takes for "not skipped", on Linux.
}
