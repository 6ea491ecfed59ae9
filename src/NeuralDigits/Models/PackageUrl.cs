namespace NeuralDigits;

/// <summary>The name that a package has in every ecosystem: https://github.com/package-url/purl-spec.</summary>
internal static class PackageUrl
{
    public static string Of(ManifestPackage package) =>
        $"pkg:nuget/{Uri.EscapeDataString(package.Name)}@{Uri.EscapeDataString(package.Version)}";
}
