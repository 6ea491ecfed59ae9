using System.Runtime.CompilerServices;

namespace NeuralDigits.Tests;

/// <summary>What a list of inputs holds, as the kernels read it.</summary>
internal static class SparseListing
{
    public static int[] ListedIndices(this SparseRows rows) => [.. Enumerable.Range(0, rows.Count).Select(position =>
        (int)(rows.Pixels?.List.Index(position) ?? rows.Features.Index(position)))];

    public static float[] ListedValues(this SparseRows rows, int row) => [.. Enumerable.Range(0, rows.Count).Select(position => rows.Pixels switch
    {
        { AreFeatures: true } pixels => pixels.Features.Feature(Unsafe.Add(ref pixels.Features.Row(row), position)),
        { } pixels => pixels.List.Feature(Unsafe.Add(ref pixels.List.Row(row), position)),
        null => rows.Features.Feature(Unsafe.Add(ref rows.Features.Row(row), position)),
    })];
}
