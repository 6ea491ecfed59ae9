using System.Buffers.Binary;
using System.IO.Compression;

namespace NeuralDigits.Tests;

/// <summary>Makes IDX files, sound ones and others.</summary>
internal static class IdxBytes
{
    /// <summary>A file of unsigned bytes with any header.</summary>
    public static byte[] Of(ReadOnlySpan<uint> dimensions, ReadOnlySpan<byte> values)
    {
        byte[] file = new byte[4 + 4 * dimensions.Length + values.Length];
        file[2] = 0x08;
        file[3] = (byte)dimensions.Length;
        for (int i = 0; i < dimensions.Length; i++)
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(4 + 4 * i), dimensions[i]);
        values.CopyTo(file.AsSpan(4 + 4 * dimensions.Length));
        return file;
    }

    /// <summary>Images whose pixels follow from a seed, with a margin of zeros as digits have.</summary>
    public static byte[] Images(int count, int rows = 28, int columns = 28, int seed = 1)
    {
        byte[] pixels = new byte[count * rows * columns];
        new Random(seed).NextBytes(pixels.AsSpan(pixels.Length / 3));
        return Of([(uint)count, (uint)rows, (uint)columns], pixels);
    }

    /// <summary>Labels 0, 1, 2 and so on, around and around.</summary>
    public static byte[] Labels(int count, int classCount = 10) =>
        Of([(uint)count], [.. Enumerable.Range(0, count).Select(i => (byte)(i % classCount))]);

    /// <summary>A gzip member that holds nothing; the framework writes none for nothing.</summary>
    public static byte[] EmptyGzip { get; } = Convert.FromHexString("1F8B080000000000000303000000000000000000");

    /// <summary>One gzip member.</summary>
    public static byte[] Gzip(ReadOnlySpan<byte> content, CompressionLevel level = CompressionLevel.Optimal)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, level, leaveOpen: true))
            gzip.Write(content);
        return compressed.ToArray();
    }

    /// <summary>A gzip member whose trailer claims another length.</summary>
    public static byte[] GzipClaiming(uint length, ReadOnlySpan<byte> content)
    {
        byte[] gzip = Gzip(content);
        BinaryPrimitives.WriteUInt32LittleEndian(gzip.AsSpan(gzip.Length - 4), length);
        return gzip;
    }
}
