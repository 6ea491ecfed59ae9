using System.Buffers.Binary;
using System.Security.Cryptography;

namespace NeuralDigits.ML.Tests;

/// <summary>The saved form of a transformer without ML.NET's file around it.</summary>
internal static class SavedBytes
{
    public static byte[] Of(SigmoidMlpTransformer transformer)
    {
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer);
        SavedTransformer.Write(writer, transformer);
        writer.Flush();
        return buffer.ToArray();
    }

    public static SigmoidMlpTransformer Read(byte[] saved) => SavedTransformer.Read(new BinaryReader(new MemoryStream(saved)));

    /// <summary>What lies between the header and the checksum.</summary>
    public static byte[] ContentOf(byte[] saved) => saved[8..^32];

    /// <summary>Content with a right header and checksum: what an attacker would make.</summary>
    public static byte[] Sealed(byte[] content, int version = 1)
    {
        var header = new byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(header, version);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), content.Length);
        byte[] all = [.. header, .. content];
        return [.. all, .. SHA256.HashData(all)];
    }
}
