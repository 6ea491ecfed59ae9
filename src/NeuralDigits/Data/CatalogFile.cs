namespace NeuralDigits;

/// <summary>One gzipped IDX file of a data set. What is not known of it for certain is left out.</summary>
public sealed record CatalogFile
{
    /// <summary>The file's name at the mirrors and in the cache.</summary>
    public required string Name { get; init; }

    /// <summary>Length of the gzipped file in bytes.</summary>
    public long? Length { get; init; }

    /// <summary>SHA-256 of the gzipped file in lower-case hexadecimal.</summary>
    public string? Sha256 { get; init; }

    /// <summary>SHA-256 of the uncompressed file in lower-case hexadecimal; it names the data however they are packed.</summary>
    public string? UncompressedSha256 { get; init; }
}
