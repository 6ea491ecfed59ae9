using System.Buffers.Binary;

namespace NeuralDigits;

/// <summary>The checksum of gzip: CRC-32 with the reflected polynomial 0xEDB88320 (RFC 1952 section 8).</summary>
/// <remarks>
/// Eight bytes a step by eight tables ("slicing by 8"; Kounavis and Berry, 2005): table k holds the effect of a byte that k more bytes
/// follow.
/// </remarks>
internal static class Crc32
{
    private const int Slices = 8;
    private static readonly uint[] Table = CreateTable();

    /// <summary>Continues a checksum, which starts at 0.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<uint> table = Table;
        crc = ~crc;
        for (; bytes.Length >= Slices; bytes = bytes[Slices..])
        {
            ulong next = BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ crc;
            crc = table[0x700 + (byte)next]
                ^ table[0x600 + (byte)(next >> 8)]
                ^ table[0x500 + (byte)(next >> 16)]
                ^ table[0x400 + (byte)(next >> 24)]
                ^ table[0x300 + (byte)(next >> 32)]
                ^ table[0x200 + (byte)(next >> 40)]
                ^ table[0x100 + (byte)(next >> 48)]
                ^ table[(byte)(next >> 56)];
        }

        foreach (byte value in bytes)
            crc = table[(byte)(crc ^ value)] ^ (crc >> 8);
        return ~crc;
    }

    private static uint[] CreateTable()
    {
        uint[] table = new uint[Slices * 256];
        for (uint value = 0; value < 256; value++)
        {
            uint crc = value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            table[value] = crc;
        }

        for (int i = 256; i < table.Length; i++)
            table[i] = table[(byte)table[i - 256]] ^ (table[i - 256] >> 8);
        return table;
    }
}
