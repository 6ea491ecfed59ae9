using System.Text;
using System.Text.Unicode;

namespace NeuralDigits;

/// <summary>What a pickle may call by name, and what it may fill: no more than it takes to make arrays of numbers.</summary>
/// <remarks>Nothing is called. Each name stands for what NumPy is known to do with arguments of exactly one form.</remarks>
internal sealed class NumpyCalls(PickleInput input)
{
    private const string ArrayClass = "numpy.ndarray";
    private const string TypeClass = "numpy.dtype";
    private const string Encode = "_codecs.encode";
    private const int TypeStateVersion = 3;

    // Of NumPy 1 and 2.
    private static readonly string[] Reconstruct = ["numpy.core.multiarray._reconstruct", "numpy._core.multiarray._reconstruct"];
    private static readonly string[] FromBuffer = ["numpy.core.numeric._frombuffer", "numpy._core.numeric._frombuffer"];
    private static readonly string[] Known = [ArrayClass, TypeClass, Encode, .. Reconstruct, .. FromBuffer];

    private long _encoded;

    /// <summary>A name that is known.</summary>
    /// <exception cref="InvalidDataException">It is another.</exception>
    public PickleGlobal Name(long offset, string module, string name) => Known.Contains($"{module}.{name}")
        ? new PickleGlobal($"{module}.{name}")
        : throw input.Refuse(
            offset, "nothing but what arrays of numbers are made by",
            $"the global {module}.{name}", "A pickle may run any program. This one was not executed, and is not to be trusted.");

    /// <summary>What a call of a name results in.</summary>
    public PickleValue Call(long offset, PickleValue called, PickleValue arguments)
    {
        string name = called is PickleGlobal global ? global.Name : "";
        PickleValue[] given = arguments is PickleTuple tuple ? tuple.Items : [];
        if (Reconstruct.Contains(name) && given is [PickleGlobal { Name: ArrayClass }, PickleTuple { Items: [var none] }, var kind] && none.Is(0) && kind.Is("b"))
            return new NumpyArray();
        if (name == TypeClass && given is [PickleString code, var align, var copy] && align.Is(0) && copy.Is(1))
            return TypeOf(offset, code);
        if (name == Encode && given is [PickleString { IsText: true } text, var encoding] && encoding.Is("latin1"))
            return ToLatin1(offset, text);
        if (FromBuffer.Contains(name) && given is [PickleString { IsText: false } bytes, NumpyType type, PickleTuple shape, var order])
        {
            if (!order.Is("C"))
                throw input.Refuse(offset, "an array in row-major order, 'C'", order.Words, "Save numpy.ascontiguousarray(...) of it.");
            return Filled(offset, new NumpyArray(), type, shape, bytes);
        }

        throw input.Refuse(offset, "a call as NumPy writes it", $"one of {called.Words} with {arguments.Words}");
    }

    /// <summary>Gives an object its state.</summary>
    public void Build(long offset, PickleValue built, PickleValue state)
    {
        PickleValue[] given = state is PickleTuple tuple ? tuple.Items : [];
        if (built is NumpyType { HasByteOrder: false } type && given.Length == 8 && given[0].Is(TypeStateVersion))
        {
            bool isPlain = given[2] is PickleNone && given[3] is PickleNone && given[4] is PickleNone && given[5].Is(-1) && given[6].Is(-1) && given[7].Is(0);
            if (!given[1].Is("<") || !isPlain)
                throw input.Refuse(offset, $"plain little-endian numbers of the type {type.Code}, '<'", given[1].Is("<") ? "a compound type" : given[1].Words);
            type.HasByteOrder = true;
        }
        else if (built is NumpyArray { Type: null } array
            && given is [var version, PickleTuple shape, NumpyType of, var isFortran, PickleString { IsText: false } bytes] && version.Is(1))
        {
            if (!isFortran.Is(0))
                throw input.Refuse(offset, "an array in row-major order", "column-major order", "Save numpy.ascontiguousarray(...) of it.");
            Filled(offset, array, of, shape, bytes);
        }
        else
        {
            throw input.Refuse(offset, "the state of an array or a type of numbers, once", $"{state.Words} for {built.Words}");
        }
    }

    private NumpyType TypeOf(long offset, PickleString code) =>
        code.Is("f4") || code.Is("i8")
            ? new NumpyType(Encoding.ASCII.GetString(code.Content.Span))
            : throw input.Refuse(
                offset, "numbers of the type f4 (pixels) or i8 (labels)", code.Words, "Save astype(numpy.float32) of pixels, and astype(numpy.int64) of labels.");

    private NumpyArray Filled(long offset, NumpyArray array, NumpyType type, PickleTuple shape, PickleString bytes)
    {
        if (!type.HasByteOrder)
            throw input.Refuse(offset, "a type of numbers with its byte order", type.Words);
        var lengths = new int[shape.Items.Length];
        long size = type.Size;
        for (int i = 0; i < lengths.Length; i++)
        {
            if (shape.Items[i] is not PickleNumber { Number: >= 1 and <= int.MaxValue } length || size > int.MaxValue)
                throw input.Refuse(offset, $"dimensions of 1 to {int.MaxValue}", $"{string.Join(", ", shape.Items.Select(item => item.Words))}");
            lengths[i] = (int)length.Number;
            size *= length.Number;
        }

        if (size != bytes.Content.Length)
            throw input.Refuse(offset, $"{size} bytes for an array {type.Code}[{string.Join(", ", lengths)}]", $"{bytes.Content.Length}");
        array.Fill(type, lengths, bytes.Content);
        return array;
    }

    // Python 3 writes bytes for Python 2 as text in which each letter stands for a byte.
    private PickleString ToLatin1(long offset, PickleString text)
    {
        // A text may be named again and again; all together cannot be more than the file.
        _encoded += text.Content.Length;
        if (_encoded > input.Length)
            throw input.Refuse(offset, $"texts of at most {input.Length} bytes to be encoded", $"{_encoded}");
        if (!Utf8.IsValid(text.Content.Span))
            throw input.Refuse(offset, "text in UTF-8", "other bytes");
        byte[] bytes = new byte[text.Content.Length];
        int count = 0;
        for (ReadOnlySpan<byte> rest = text.Content.Span; rest.Length > 0; count++)
        {
            bytes[count] = rest[0] switch
            {
                < 0x80 => rest[0],
                0xC2 or 0xC3 => (byte)((rest[0] << 6) | (rest[1] & 0x3F)),
                _ => throw input.Refuse(offset, "letters from U+0000 to U+00FF, each for a byte", "another letter"),
            };
            rest = rest[(rest[0] < 0x80 ? 1 : 2)..];
        }

        return new PickleString(bytes.AsMemory(0, count), isText: false);
    }
}
