namespace NeuralDigits.Packages.Tests;

/// <summary>A test that compiles ahead of time, for which .NET needs the linker of a C compiler; reported as skipped where it is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NativeFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Missing = new(() =>
        OperatingSystem.IsWindows() ? (HasVisualStudio() ? null : "Needs the C++ tools of Visual Studio: winget install Microsoft.VisualStudio.2022.BuildTools.")
        : InstalledProgram.Succeeds("clang", "--version") || InstalledProgram.Succeeds("gcc", "--version") ? null
        : OperatingSystem.IsMacOS() ? "Needs clang: xcode-select --install."
        : "Needs clang or gcc: apt-get install clang, or the like.");

    public NativeFactAttribute() => Skip = Missing.Value!; // Null, which xunit takes for "not skipped", where nothing is missing.

    // Where its compiler is found by the SDK.
    private static bool HasVisualStudio() => File.Exists(Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.ProgramFilesX86), "Microsoft Visual Studio", "Installer", "vswhere.exe"));
}
