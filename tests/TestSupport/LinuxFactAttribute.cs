namespace NeuralDigits.Tests;

/// <summary>A test that needs something only Linux has, such as <c>/dev</c> or <c>/proc</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!OperatingSystem.IsLinux())
            Skip = "Needs Linux."; // Other systems have no /dev, /proc and mkfifo, or others.
    }
}
