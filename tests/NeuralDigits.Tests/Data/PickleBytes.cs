using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace NeuralDigits.Tests;

/// <summary>Writes pickles operation by operation, as Python and NumPy do for a tuple of three sets of images and labels.</summary>
internal sealed class PickleBytes
{
    /// <summary>The side of the images of <see cref="Set"/>.</summary>
    public const int Side = 2;

    private readonly List<byte> _bytes = [];
    private int _remembered;

    private PickleBytes()
    {
    }

    /// <summary>As Python 2 writes it: protocol 2, in which text is bytes.</summary>
    public static byte[] OfPython2(params ReadOnlySpan<(float[] Pixels, long[] Labels)> sets) => new PickleBytes().Python2(sets);

    /// <summary>As Python 3 writes it in protocol 5: in a frame, the numbers of an array as a byte array.</summary>
    public static byte[] OfPython3(params ReadOnlySpan<(float[] Pixels, long[] Labels)> sets) => new PickleBytes().Python3(sets);

    /// <summary>A set of small images whose pixels, before they are divided, are 255, 0, 253, 0, 251, and so on.</summary>
    public static (float[] Pixels, long[] Labels) Set(int count, float divisor = 256) =>
    (
        [.. Enumerable.Range(0, count * Side * Side).Select(i => i % 2 == 0 ? (255 - i) / divisor : 0)],
        [.. Enumerable.Range(0, count).Select(i => (long)(i % 10))]
    );

    private byte[] Python2(ReadOnlySpan<(float[] Pixels, long[] Labels)> sets)
    {
        Put(0x80, 2);
        foreach ((float[] pixels, long[] labels) in sets)
        {
            Array2("f4", [labels.Length, pixels.Length / labels.Length], Floats(pixels));
            Array2("i8", [labels.Length], Longs(labels));
            Put(0x86).Remember();
        }

        return [.. Put(0x87).Remember()._bytes, (byte)'.'];
    }

    private void Array2(string type, int[] shape, byte[] values)
    {
        Global("numpy.core.multiarray", "_reconstruct").Remember().Global("numpy", "ndarray").Remember();
        Put('K', 0, 0x85).Remember().Short("b").Remember().Put(0x87).Remember().Put('R').Remember().Put('(', 'K', 1);
        Shape(shape).Global("numpy", "dtype").Remember().Short(type).Remember().Put('K', 0, 'K', 1, 0x87).Remember().Put('R').Remember();
        Put('(', 'K', 3).Short("<").Remember().Put('N', 'N', 'N').Number(-1).Number(-1).Put('K', 0, 't').Remember().Put('b', 0x89);
        Put('T').Fixed(values.Length, 4)._bytes.AddRange(values);
        Remember().Put('t').Remember().Put('b');
    }

    private byte[] Python3(ReadOnlySpan<(float[] Pixels, long[] Labels)> sets)
    {
        foreach ((float[] pixels, long[] labels) in sets)
        {
            Array3("f4", [labels.Length, pixels.Length / labels.Length], Floats(pixels));
            Array3("i8", [labels.Length], Longs(labels));
            Put(0x86, 0x94);
        }

        Put(0x87, 0x94, '.');
        return [0x80, 5, 0x95, .. BitConverter.GetBytes((long)_bytes.Count), .. _bytes];
    }

    private void Array3(string type, int[] shape, byte[] values)
    {
        Text("numpy._core.numeric").Text("_frombuffer").Put(0x93, 0x94, '(');
        Put(0x96).Fixed(values.Length, 8)._bytes.AddRange(values);
        Put(0x94).Text("numpy").Text("dtype").Put(0x93, 0x94).Text(type).Put(0x89, 0x88, 0x87, 0x94, 'R', 0x94);
        Put('(', 'K', 3).Text("<").Put('N', 'N', 'N').Number(-1).Number(-1).Put('K', 0, 't', 0x94, 'b');
        foreach (int length in shape)
            Number(length);
        Put(0x84 + shape.Length, 0x94).Text("C").Put('t', 0x94, 'R', 0x94);
    }

    private PickleBytes Put(params ReadOnlySpan<int> codes)
    {
        foreach (int code in codes)
            _bytes.Add((byte)code);
        return this;
    }

    private PickleBytes Remember() => Put('q', _remembered++ % 256);

    private PickleBytes Fixed(long number, int length)
    {
        for (int i = 0; i < length; i++)
            _bytes.Add((byte)(number >> (8 * i)));
        return this;
    }

    private PickleBytes Number(int number) => Put('J').Fixed(number, 4);

    private PickleBytes Shape(int[] shape)
    {
        foreach (int length in shape)
            Number(length);
        return Put(0x84 + shape.Length).Remember();
    }

    private PickleBytes Global(string module, string name)
    {
        _bytes.AddRange(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"c{module}\n{name}\n")));
        return this;
    }

    private PickleBytes Short(string text)
    {
        Put('U', text.Length)._bytes.AddRange(Encoding.ASCII.GetBytes(text));
        return this;
    }

    private PickleBytes Text(string text)
    {
        Put(0x8C, text.Length)._bytes.AddRange(Encoding.UTF8.GetBytes(text));
        return Put(0x94);
    }

    private static byte[] Floats(float[] values)
    {
        var bytes = new byte[values.Length * sizeof(float)];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        return bytes;
    }

    private static byte[] Longs(long[] values)
    {
        var bytes = new byte[values.Length * sizeof(long)];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(long)), values[i]);
        return bytes;
    }
}
