namespace NeuralDigits.Packages.Tests;

/// <summary>A test that needs Python 3; reported as skipped where it is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PythonFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Found = new(() => Array.Find(["python3", "python"], command =>
        InstalledProgram.Succeeds(command, "-c", "import sys; sys.exit(sys.version_info < (3, 6))")));

    public PythonFactAttribute()
    {
        if (Found.Value is null)
            Skip = "Needs Python 3.6 or newer as python3 or python.";
    }

    /// <summary>The command that starts it.</summary>
    public static string Command => Found.Value!;
}
