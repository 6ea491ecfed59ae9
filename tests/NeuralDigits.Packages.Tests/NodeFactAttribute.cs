namespace NeuralDigits.Packages.Tests;

/// <summary>A test that needs Node.js, npm and a registry to install from; reported as skipped where one is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NodeFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Missing = new(() =>
        !InstalledProgram.Succeeds("node", "--version") ? "Needs Node.js."
        : !InstalledProgram.Succeeds(PackageManager, "view", "onnxruntime-web", "version", "--fetch-retries=0") ? "Needs npm and a registry with onnxruntime-web."
        : null);

    public NodeFactAttribute() => Skip = Missing.Value!; // Null, which xunit takes for "not skipped", where nothing is missing.

    /// <summary>The command npm.</summary>
    public static string PackageManager => OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
}
