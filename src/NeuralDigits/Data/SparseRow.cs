namespace NeuralDigits;

/// <summary>One row of inputs without its zeros: indices in ascending order, each with its value.</summary>
internal readonly ref struct SparseRow
{
    public SparseRow(ReadOnlySpan<int> indices, ReadOnlySpan<float> values)
    {
        Indices = indices;
        Values = values[..indices.Length];
    }

    public ReadOnlySpan<int> Indices { get; }

    public ReadOnlySpan<float> Values { get; }

    public int Count => Indices.Length;
}
