namespace NeuralDigits;

/// <summary>The type of the numbers in a NumPy array.</summary>
/// <param name="code">NumPy's code: <c>f4</c> or <c>i8</c>.</param>
internal sealed class NumpyType(string code) : PickleValue
{
    /// <summary>NumPy's code.</summary>
    public string Code { get; } = code;

    /// <summary>How many bytes a number has.</summary>
    public int Size { get; } = code[1] - '0';

    /// <summary>Whether it is said that the lowest byte of a number comes first. Until then the type is of no use.</summary>
    public bool HasByteOrder { get; set; }

    public override string Words => $"the type {Code}";
}

/// <summary>A NumPy array, row-major.</summary>
internal sealed class NumpyArray : PickleValue
{
    /// <summary>The type of its numbers; null until the array has been filled.</summary>
    public NumpyType? Type { get; private set; }

    /// <summary>Its dimensions, each at least 1.</summary>
    public int[] Shape { get; private set; } = [];

    /// <summary>Its numbers, little-endian.</summary>
    public ReadOnlyMemory<byte> Bytes { get; private set; }

    public override string Words => Type is null ? "an empty array" : $"an array {Type.Code}[{string.Join(", ", Shape)}]";

    public void Fill(NumpyType type, int[] shape, ReadOnlyMemory<byte> bytes) => (Type, Shape, Bytes) = (type, shape, bytes);
}
