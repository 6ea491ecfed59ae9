using System.Text.Json;
using System.Text.Json.Serialization;

namespace NeuralDigits;

/// <summary>
/// <c>checksums.lock.json</c>, beside the folders of the cache: what the catalog does not know of a file, as it was when the file first came.
/// From then on the file must stay the same.
/// </summary>
internal sealed class ChecksumLock(string cacheFolder)
{
    private const int SchemaVersion = 1;

    /// <summary>The path of the file.</summary>
    public string Path { get; } = System.IO.Path.Combine(cacheFolder, "checksums.lock.json");

    /// <summary>The entry with what is recorded of its files. What the catalog says is never replaced.</summary>
    /// <exception cref="InvalidDataException">The lock file is malformed.</exception>
    public CatalogEntry Complete(CatalogEntry entry)
    {
        if (entry.Files.All(IsKnown) || !File.Exists(Path))
            return entry;
        SortedDictionary<string, RecordedFile> recorded = Read();
        return entry.WithFiles(file => recorded.TryGetValue(Key(entry, file), out RecordedFile? known) && Agrees(file, known)
            ? file with { Length = known.Length, Sha256 = known.Sha256, UncompressedSha256 = known.UncompressedSha256 }
            : file);
    }

    /// <summary>Records the files of an entry about which all is known, and keeps what others record at the same time.</summary>
    /// <exception cref="InvalidDataException">There is a lock file already, and it is malformed.</exception>
    public async Task RecordAsync(CatalogEntry entry, CancellationToken cancellation)
    {
        using IDisposable held = await FileLock.TakeAsync(Path + ".lock", waiting: null, cancellation).ConfigureAwait(false);
        SortedDictionary<string, RecordedFile> recorded = File.Exists(Path) ? Read() : new(StringComparer.Ordinal);
        foreach (CatalogFile file in entry.Files.Where(IsKnown))
            recorded[Key(entry, file)] = new RecordedFile(file.Length!.Value, file.Sha256!, file.UncompressedSha256!);

        byte[] json = JsonSerializer.SerializeToUtf8Bytes(new LockedChecksums(SchemaVersion, recorded), LockedChecksumsJson.Default.LockedChecksums);
        WholeFile.Write(Path, [.. json, (byte)'\n']);
    }

    /// <summary>Whether all is known of a file.</summary>
    public static bool IsKnown(CatalogFile file) => file is { Length: not null, Sha256: not null, UncompressedSha256: not null };

    private SortedDictionary<string, RecordedFile> Read()
    {
        try
        {
            LockedChecksums? content = JsonSerializer.Deserialize(RegularFile.ReadAllBytes(Path), LockedChecksumsJson.Default.LockedChecksums);
            if (content is { SchemaVersion: SchemaVersion } && content.Files.Values.All(IsSound))
                return new SortedDictionary<string, RecordedFile>(content.Files, StringComparer.Ordinal);
        }
        catch (JsonException exception)
        {
            throw Malformed(exception.Message, exception);
        }

        throw Malformed($"it is not of schema version {SchemaVersion}, or a checksum in it is none");
    }

    private InvalidDataException Malformed(string fault, Exception? cause = null) => new(
        $"{Path} is not a record of checksums: {fault.TrimEnd('.')}. Put it back as it was; deleted, it is written anew at the next download, " +
        "which then is trusted.", cause);

    private static bool IsSound(RecordedFile? file) =>
        file is { Length: > 0 } && CatalogReader.IsHash(file.Sha256) && CatalogReader.IsHash(file.UncompressedSha256);

    // Where the catalog has learnt since then that the file is another one, the record is of no use.
    private static bool Agrees(CatalogFile file, RecordedFile recorded) =>
        (file.Length ?? recorded.Length) == recorded.Length
        && (file.Sha256 ?? recorded.Sha256) == recorded.Sha256
        && (file.UncompressedSha256 ?? recorded.UncompressedSha256) == recorded.UncompressedSha256;

    private static string Key(CatalogEntry entry, CatalogFile file) => $"{entry.Name}/{file.Name}";
}

/// <summary>The content of <c>checksums.lock.json</c>: the files by <c>data set/name</c>.</summary>
internal sealed record LockedChecksums(int SchemaVersion, SortedDictionary<string, RecordedFile> Files);

/// <summary>What a file was when it first came.</summary>
internal sealed record RecordedFile(long Length, string Sha256, string UncompressedSha256);

/// <summary>The JSON of <c>checksums.lock.json</c>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    NewLine = "\n",
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(LockedChecksums))]
internal sealed partial class LockedChecksumsJson : JsonSerializerContext;
