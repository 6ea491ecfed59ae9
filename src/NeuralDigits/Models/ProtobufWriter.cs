using System.Buffers;
using System.Text;

namespace NeuralDigits;

/// <summary>Writes one message in the wire format of Protocol Buffers, field after field.</summary>
/// <remarks>The format is published at https://protobuf.dev/programming-guides/encoding. No field is left out because it has its default.</remarks>
internal sealed class ProtobufWriter
{
    private const int VariableLengthInteger = 0;
    private const int LengthDelimited = 2;
    private const int WireTypeBits = 3;
    private const int PayloadBits = 7;
    private const byte MoreFollows = 1 << PayloadBits;

    private readonly ArrayBufferWriter<byte> _content = new();

    public ProtobufWriter Integer(int field, long value)
    {
        Key(field, VariableLengthInteger);
        Number((ulong)value);
        return this;
    }

    public ProtobufWriter Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public ProtobufWriter Message(int field, ProtobufWriter value) => Bytes(field, value._content.WrittenSpan);

    public ProtobufWriter Bytes(int field, ReadOnlySpan<byte> value)
    {
        Key(field, LengthDelimited);
        Number((ulong)value.Length);
        _content.Write(value);
        return this;
    }

    public byte[] ToArray() => _content.WrittenSpan.ToArray();

    private void Key(int field, int wireType) => Number((ulong)((field << WireTypeBits) | wireType));

    // Seven bits a byte, the lowest first.
    private void Number(ulong value)
    {
        for (; value >= MoreFollows; value >>= PayloadBits)
            _content.Write([(byte)(value | MoreFollows)]);
        _content.Write([(byte)value]);
    }
}
