namespace NeuralDigits.Tests;

/// <summary>What a list of inputs holds, as the kernels read it.</summary>
internal static class SparseListing
{
    public static int[] ListedIndices(this SparseRows rows) => [.. Enumerable.Range(0, rows.Count).Select(position =>
        (int)(rows.Pixels?.List.Index(position) ?? rows.Features.Index(position)))];

    public static float[] ListedValues(this SparseRows rows, int row) => [.. Enumerable.Range(0, rows.Count).Select(position => row == 0
        ? rows.Pixels?.List.First(position) ?? rows.Features.First(position)
        : rows.Pixels?.List.Second(position) ?? rows.Features.Second(position))];
}
