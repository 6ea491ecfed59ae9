using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;

namespace NeuralDigits.Tests;

/// <summary>Changes the header of a safetensors file, and makes its length right again.</summary>
internal static partial class SafetensorsBytes
{
    public static string Header(byte[] file) => Encoding.UTF8.GetString(file, sizeof(long), (int)BinaryPrimitives.ReadInt64LittleEndian(file));

    public static byte[] Values(byte[] file) => file[(sizeof(long) + (int)BinaryPrimitives.ReadInt64LittleEndian(file))..];

    public static byte[] Of(ReadOnlySpan<byte> header, ReadOnlySpan<byte> values)
    {
        var length = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        return [.. length, .. header, .. values];
    }

    public static byte[] WithHeader(byte[] file, Func<string, string> change) => Of(Encoding.UTF8.GetBytes(change(Header(file))), Values(file));

    /// <summary>The file as it would be without its checksum: this is what the checksum is of.</summary>
    public static byte[] WithoutChecksum(byte[] file) => WithHeader(file, header =>
    {
        string rest = ChecksumEntry().Replace(header, "").TrimEnd(' ');
        return rest.PadRight((rest.Length + 7) / 8 * 8);
    });

    [GeneratedRegex(",\"sha256\":\"[0-9a-f]{64}\"")]
    private static partial Regex ChecksumEntry();
}
