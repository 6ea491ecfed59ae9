using System.Text.RegularExpressions;

namespace NeuralDigits;

/// <summary>What models and versions may be called. Neither leads out of the store, whatever the system.</summary>
internal static partial class StoreNames
{
    /// <exception cref="ArgumentException">A model cannot be called so.</exception>
    public static void CheckName(string name)
    {
        if (!IsName(name))
        {
            throw new ArgumentException(
                $"The model name is '{name}'; expected lower-case letters, digits, dots, hyphens and underscores, starting with a letter or digit, at most 100.", nameof(name));
        }
    }

    /// <exception cref="ArgumentException">A version cannot be called so.</exception>
    public static void CheckVersion(string version)
    {
        if (!IsVersion(version))
            throw new ArgumentException($"The model version is '{version}'; expected a semantic version such as 1.2.0 or 1.2.0-beta.1.", nameof(version));
    }

    public static bool IsName(string name) => NamePattern().IsMatch(name);

    public static bool IsVersion(string version) => VersionPattern().IsMatch(version);

    [GeneratedRegex("^[a-z0-9][a-z0-9._-]{0,99}\\z")]
    private static partial Regex NamePattern();

    // The grammar of https://semver.org/#backusnaur-form-grammar-for-valid-semver-versions.
    [GeneratedRegex("^(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)(-(0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)(\\.(0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*))*)?(\\+[0-9a-zA-Z-]+(\\.[0-9a-zA-Z-]+)*)?\\z")]
    private static partial Regex VersionPattern();
}
