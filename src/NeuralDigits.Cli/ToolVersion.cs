namespace NeuralDigits.Cli;

/// <summary>The two parts of the tool's version: <c>1.2.0-alpha.0.3+commit</c>.</summary>
internal static class ToolVersion
{
    /// <summary>The version that models get by default. It comes from the git tags.</summary>
    public static string ForModels(string toolVersion) => toolVersion.Split('+')[0];

    /// <summary>The git commit that the tool was built from, where it is known.</summary>
    public static string? Commit(string toolVersion) => toolVersion.Split('+') is [_, { Length: > 0 } commit, ..] ? commit : null;
}
