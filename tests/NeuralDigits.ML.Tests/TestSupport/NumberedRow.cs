using Microsoft.ML.Data;

namespace NeuralDigits.ML.Tests;

/// <summary>A row whose label is a key that stands for nothing.</summary>
internal sealed class NumberedRow
{
    [VectorType(2)]
    public float[] Features { get; init; } = [];

    [KeyType(3)]
    public uint Label { get; init; }

    public float Number { get; init; }
}
