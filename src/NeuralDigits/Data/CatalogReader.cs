using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace NeuralDigits;

/// <summary>Reads a catalog and checks it, so that a slip in an entry is found when it is made, not when a download fails.</summary>
internal static partial class CatalogReader
{
    private const int SchemaVersion = 1;
    private const int MaximumClassCount = 256;

    /// <summary>Reads a catalog.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="json">Its content.</param>
    /// <exception cref="InvalidDataException">It is not a catalog, or an entry says what cannot be.</exception>
    public static IReadOnlyList<CatalogEntry> Read(string path, ReadOnlySpan<byte> json)
    {
        Catalog catalog;
        try
        {
            catalog = JsonSerializer.Deserialize(json, CatalogJson.Default.Catalog)
                ?? throw new InvalidDataException($"{path} is null; expected an object.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path} is not a catalog of data sets: {exception.Message}", exception);
        }

        if (catalog.SchemaVersion != SchemaVersion)
            throw new InvalidDataException($"{path} is of schema version {catalog.SchemaVersion}; expected {SchemaVersion}.");
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (CatalogEntry? entry in catalog.DataSets)
        {
            string? fault = entry is null ? "an entry is null"
                : !DataSetName.IsValid(entry.Name) ? $"'{entry.Name}' must be made of a-z, 0-9, '.' and '-', and start with a letter or digit"
                : !names.Add(entry.Name) ? $"there are two entries '{entry.Name}'"
                : FindFault(entry) is { } within ? $"of '{entry.Name}', {within}"
                : null;
            if (fault is not null)
                throw new InvalidDataException($"{path} is not a valid catalog: {fault}.");
        }

        return catalog.DataSets;
    }

    /// <summary>Whether a text is a SHA-256 in lower-case hexadecimal.</summary>
    public static bool IsHash(string text) => Hash().IsMatch(text);

    private static string? FindFault(CatalogEntry entry) =>
        string.IsNullOrWhiteSpace(entry.Title) ? "the title is empty"
        : entry.HubName is { } hubName && !HubName().IsMatch(hubName) ? $"the name on the Hub '{hubName}' is not of the form owner/name"
        : !SpdxIdentifier().IsMatch(entry.Licence) ? $"the licence '{entry.Licence}' is not an SPDX identifier"
        : string.IsNullOrWhiteSpace(entry.LicenceSource) ? "the source of the licence is empty"
        : entry.TrainingCount < 1 || entry.TestCount < 1 ? "a number of images is less than 1"
        : entry.UsualAccuracy is not (null or (> 0 and < 1)) ? "the usual accuracy is not between 0 and 1"
        : entry.ClassNames.Count is < 2 or > MaximumClassCount ? $"there are {entry.ClassNames.Count} classes; expected 2 to {MaximumClassCount}"
        : entry.ClassNames.Any(string.IsNullOrWhiteSpace) ? "a class has no name"
        : entry.ClassNames.Distinct(StringComparer.Ordinal).Count() < entry.ClassNames.Count ? "two classes have the same name"
        : entry.InstalledFolders.FirstOrDefault(folder => folder is not ['/', ..]) is { } folder ? $"the folder '{folder}' is not an absolute path"
        : entry.Mirrors.Count == 0 ? "there is no mirror"
        : FindFault(entry.Mirrors) ?? FindFault(entry.Files);

    private static string? FindFault(IReadOnlyList<Uri> mirrors) => mirrors
        .Where(mirror => mirror is not { IsAbsoluteUri: true, Scheme: "https" } || mirror.AbsolutePath[^1] != '/' || mirror.Query.Length + mirror.Fragment.Length > 0)
        .Select(mirror => $"the mirror '{mirror}' is not an https address that ends in a slash")
        .FirstOrDefault();

    private static string? FindFault(IReadOnlyList<CatalogFile> files) =>
        files.FirstOrDefault(file => !FileName().IsMatch(file.Name)) is { } named ? $"the file name '{named.Name}' is not a plain one that ends in .gz"
        : files.Select(file => file.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count() < files.Count ? "two files have the same name"
        : files.FirstOrDefault(file => file.Length is < 1) is { } empty ? $"the length of {empty.Name} is less than 1"
        : files.FirstOrDefault(file => !MayBeHash(file.Sha256) || !MayBeHash(file.UncompressedSha256)) is { } hashed
            ? $"a SHA-256 of {hashed.Name} is not of 64 digits in lower case"
        : null;

    private static bool MayBeHash(string? text) => text is null || IsHash(text);

    [GeneratedRegex(@"\A[A-Za-z0-9._-]+/[A-Za-z0-9._-]+\z")]
    private static partial Regex HubName();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9.+-]*\z")]
    private static partial Regex SpdxIdentifier();

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9.-]*\.gz\z")]
    private static partial Regex FileName();

    [GeneratedRegex(@"\A[0-9a-f]{64}\z")]
    private static partial Regex Hash();
}

/// <summary>The content of <c>catalog.json</c>.</summary>
internal sealed record Catalog(int SchemaVersion, IReadOnlyList<CatalogEntry> DataSets);

/// <summary>The JSON of catalogs.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Catalog))]
internal sealed partial class CatalogJson : JsonSerializerContext;
