namespace NeuralDigits;

/// <summary>One gzipped IDX file of a data set that is known by its checksums.</summary>
public sealed class CatalogFile
{
    /// <summary>The file's name at the mirrors and in the cache.</summary>
    public required string Name { get; init; }

    /// <summary>Length of the gzipped file in bytes.</summary>
    public required long Length { get; init; }

    /// <summary>SHA-256 of the gzipped file in lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>SHA-256 of the uncompressed file in lower-case hexadecimal; it names the data however they are packed.</summary>
    public required string UncompressedSha256 { get; init; }
}
