namespace NeuralDigits.Packages.Tests;

/// <summary>A test that needs Python 3; reported as skipped where it is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PythonFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Found = new(() => Array.Find(["python3", "python"], command =>
        InstalledProgram.Succeeds(command, "-c", "import sys; sys.exit(sys.version_info < (3, 6))")));

    /// <param name="modules">The modules it needs beside Python itself.</param>
    public PythonFactAttribute(params string[] modules)
    {
        if (Found.Value is null)
            Skip = "Needs Python 3.6 or newer as python3 or python."; // It runs programs in Python; no package brings one.
        else if (modules.Length > 0 && !InstalledProgram.Succeeds(Found.Value, "-c", $"import {string.Join(", ", modules)}"))
            Skip = $"Needs the Python modules {string.Join(" and ", modules)}."; // The model card's programs use them; they are no part of Python.
    }

    /// <summary>The command that starts it.</summary>
    public static string Command => Found.Value!;
}
