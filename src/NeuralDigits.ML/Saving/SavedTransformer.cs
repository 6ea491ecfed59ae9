using System.Buffers.Binary;
using System.Security.Cryptography;

namespace NeuralDigits.ML;

/// <summary>The form in which a transformer lies in ML.NET's model file.</summary>
/// <remarks>
/// Little-endian: version (int32), length of the content in bytes (int32), content, SHA-256 of all that comes before. The
/// content of version 1: see <see cref="SavedContent"/>. A zip entry's own checksum is not read by .NET, hence the SHA-256.
/// </remarks>
internal static class SavedTransformer
{
    private const int Version = 1;
    private const int HeaderLength = 2 * sizeof(int);

    public static void Write(BinaryWriter destination, SigmoidMlpTransformer transformer)
    {
        byte[] content = SavedContent.Write(transformer);
        byte[] header = new byte[HeaderLength];
        BinaryPrimitives.WriteInt32LittleEndian(header, Version);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(sizeof(int)), content.Length);
        destination.Write(header);
        destination.Write(content);
        destination.Write(Hash(header, content));
    }

    /// <exception cref="InvalidDataException">The saved transformer is damaged, cut off, or of a newer version.</exception>
    public static SigmoidMlpTransformer Read(BinaryReader source)
    {
        Stream stream = source.BaseStream;
        byte[] header = source.ReadBytes(HeaderLength);
        if (header.Length < HeaderLength)
            throw Damaged($"it ends after {header.Length} bytes of its header, which has {HeaderLength}");
        int version = BinaryPrimitives.ReadInt32LittleEndian(header);
        if (version > Version)
        {
            throw new InvalidDataException(
                $"The saved sigmoid network is of version {version}; this version of NeuralDigits.ML reads up to {Version}. " +
                "Use a newer one.");
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(sizeof(int)));
        long left = stream.Length - stream.Position;
        if (version < 1 || length < 0)
            throw Damaged($"its version is {version} and its length {length}; expected a version from 1 and a length from 0");
        if (length + (long)SHA256.HashSizeInBytes > left)
            throw Damaged($"it should go on for {length + (long)SHA256.HashSizeInBytes} bytes, but {left} are left");

        byte[] content = source.ReadBytes(length);
        byte[] expected = source.ReadBytes(SHA256.HashSizeInBytes);
        byte[] found = Hash(header, content);
        if (!found.AsSpan().SequenceEqual(expected))
            throw Damaged($"its SHA-256 should be {Convert.ToHexStringLower(expected)}, but is {Convert.ToHexStringLower(found)}");
        return SavedContent.Read(content);
    }

    /// <exception cref="InvalidDataException">The saved transformer is damaged, cut off, or of a newer version, or something follows it.</exception>
    public static SigmoidMlpTransformer Read(ReadOnlyMemory<byte> body)
    {
        using var stream = new MemoryStream(body.ToArray(), writable: false);
        using var source = new BinaryReader(stream);
        SigmoidMlpTransformer transformer = Read(source);
        return stream.Position == stream.Length ? transformer : throw Damaged($"{stream.Length - stream.Position} bytes follow it");
    }

    private static byte[] Hash(byte[] header, byte[] content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header);
        hash.AppendData(content);
        return hash.GetHashAndReset();
    }

    private static InvalidDataException Damaged(string how) =>
        new($"The saved sigmoid network is damaged: {how}. Take the model file from its source again.");
}
