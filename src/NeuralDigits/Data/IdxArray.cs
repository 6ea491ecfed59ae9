using System.Security.Cryptography;

namespace NeuralDigits;

/// <summary>The content of an IDX file: an array of unsigned bytes in one or more dimensions.</summary>
public sealed class IdxArray
{
    internal IdxArray(IReadOnlyList<int> dimensions, ReadOnlyMemory<byte> values, string sha256)
    {
        Dimensions = dimensions;
        Values = values;
        Sha256 = sha256;
    }

    /// <summary>What an IDX file of these values holds, which need not be there.</summary>
    internal static IdxArray Of(int[] dimensions, ReadOnlyMemory<byte> values)
    {
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha256.AppendData(IdxHeader.Write(dimensions));
        sha256.AppendData(values.Span);
        return new IdxArray(dimensions, values, Convert.ToHexStringLower(sha256.GetHashAndReset()));
    }

    /// <summary>The lengths of the dimensions, slowest first: [images, rows, columns] or [labels]. All are at least 1.</summary>
    public IReadOnlyList<int> Dimensions { get; }

    /// <summary>The values, the last dimension fastest; their number is the product of the dimensions.</summary>
    public ReadOnlyMemory<byte> Values { get; }

    /// <summary>SHA-256 of the uncompressed file, header included, in lower-case hexadecimal.</summary>
    public string Sha256 { get; }
}
