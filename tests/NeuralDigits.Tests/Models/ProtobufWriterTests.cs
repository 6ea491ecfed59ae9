namespace NeuralDigits.Tests;

/// <summary>The examples that https://protobuf.dev/programming-guides/encoding works out by hand.</summary>
public class ProtobufWriterTests
{
    [Fact]
    public void Integers_take_seven_bits_a_byte_the_lowest_first()
    {
        Assert.Equal([0x08, 0x96, 0x01], new ProtobufWriter().Integer(1, 150).ToArray());
        Assert.Equal([0x08, 0x00], new ProtobufWriter().Integer(1, 0).ToArray());
        Assert.Equal([0x08, 0x7F], new ProtobufWriter().Integer(1, 127).ToArray());
        Assert.Equal([0x08, 0x80, 0x01], new ProtobufWriter().Integer(1, 128).ToArray());
    }

    [Fact]
    public void Negative_integers_take_ten_bytes() => Assert.Equal(
        [0x08, 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01], new ProtobufWriter().Integer(1, -2).ToArray());

    [Fact]
    public void Texts_and_messages_come_after_their_length()
    {
        Assert.Equal([0x12, 0x07, .. "testing"u8], new ProtobufWriter().Text(2, "testing").ToArray());
        Assert.Equal([0x1A, 0x03, 0x08, 0x96, 0x01], new ProtobufWriter().Message(3, new ProtobufWriter().Integer(1, 150)).ToArray());
        Assert.Equal([0x22, 0x02, 0xCE, 0xBB], new ProtobufWriter().Text(4, "λ").ToArray());
    }

    [Fact]
    public void Fields_from_16_on_have_a_key_of_two_bytes() =>
        Assert.Equal([0xA0, 0x01, 0x02], new ProtobufWriter().Integer(20, 2).ToArray());
}
