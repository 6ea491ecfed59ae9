using System.Buffers.Binary;
using System.Text;

namespace NeuralDigits.ML;

/// <summary>Finds the one network in a model file without the help of ML.NET, whose own reader trusts the lengths that it finds.</summary>
/// <remarks>
/// ML.NET puts each transformer into an entry <c>Model.key</c>: a header of 256 bytes, the body, the name of the assembly in UTF-16, and
/// eight bytes at the end. With the length of the body all of it is known, and compared byte for byte.
/// </remarks>
internal static class NetworkEntry
{
    private const string Root = "TransformerChain/Model.key";
    private const string FirstOfChain = "TransformerChain/Transform_000/Model.key";

    // What ML.NET writes beside the transformers, and what is not needed for a network alone: the columns of the input, its own version.
    private static readonly string[] Others = ["Schema", "TrainingInfo/Version.txt"];

    private const int HeaderLength = 256;
    private const int BodyLengthOffset = 24;
    private const int TailLength = sizeof(long);
    private const int MlNetVersion = 0x00010002;

    // Older readers may read what newer writers wrote: what they say of themselves is not compared, only what they say of their readers.
    private static readonly Range[] Writers = [8..12, 72..76];

    /// <summary>The body of the network's entry.</summary>
    /// <exception cref="InvalidDataException">There is none, or the file holds something else as well.</exception>
    public static ReadOnlyMemory<byte> BodyIn(CheckedZip zip)
    {
        string name = zip.Entries.ContainsKey(FirstOfChain) ? FirstOfChain : Root;
        string? other = zip.Entries.Keys.Except([Root, FirstOfChain, .. Others]).Order(StringComparer.Ordinal).FirstOrDefault();
        if (other is not null)
            throw Wrong($"its entry '{other}' belongs to another step");
        if (!zip.Entries.TryGetValue(name, out ReadOnlyMemory<byte> entry))
            throw Wrong($"it has no entry '{name}'");
        if (entry.Length < HeaderLength + TailLength)
            throw Wrong($"its entry '{name}' has {entry.Length} bytes; expected at least {HeaderLength + TailLength}");
        long length = BinaryPrimitives.ReadInt64LittleEndian(entry.Span[BodyLengthOffset..]);
        if (length < 0 || length > entry.Length - HeaderLength)
            throw Wrong($"the body of its entry '{name}' should have {length} bytes, but {entry.Length - HeaderLength} are left");
        if (!IsFrame(entry.Span, (int)length))
            throw Wrong($"its entry '{name}' is not a network of sigmoid neurons");
        return entry.Slice(HeaderLength, (int)length);
    }

    private static bool IsFrame(ReadOnlySpan<byte> entry, int bodyLength)
    {
        byte[] header = entry[..HeaderLength].ToArray();
        byte[] expected = Header(bodyLength);
        foreach (Range writer in Writers)
            expected.AsSpan(writer).CopyTo(header.AsSpan(writer));
        return header.AsSpan().SequenceEqual(expected) && entry[(HeaderLength + bodyLength)..].SequenceEqual(BehindBody());
    }

    private static byte[] Header(int bodyLength)
    {
        int assemblyName = HeaderLength + bodyLength;
        int assemblyNameLength = BehindBody().Length - TailLength;
        var header = new byte[HeaderLength];
        using var writer = new BinaryWriter(new MemoryStream(header));
        writer.Write("ML\0MODEL"u8);
        writer.Write(MlNetVersion);
        writer.Write(MlNetVersion);
        writer.Write((long)HeaderLength);
        writer.Write((long)bodyLength);
        writer.Write(new byte[32]); // No table of texts.
        writer.Write(Encoding.ASCII.GetBytes(MlNetInternals.ModelSignature));
        writer.Write(MlNetInternals.HeaderVersion);
        writer.Write(MlNetInternals.HeaderVersion);
        writer.Write(Encoding.ASCII.GetBytes(MlNetInternals.LoadName));
        writer.Seek(128, SeekOrigin.Begin);
        writer.Write((long)assemblyName + assemblyNameLength);
        writer.Write((long)assemblyName + assemblyNameLength + TailLength);
        writer.Write((long)assemblyName);
        writer.Write((long)assemblyNameLength);
        return header;
    }

    private static byte[] BehindBody() => [.. Encoding.Unicode.GetBytes(MlNetInternals.AssemblyName), .. "LEDOM\0LM"u8];

    private static InvalidDataException Wrong(string how) => new($"The model file is not a network of sigmoid neurons alone: {how}.");
}
