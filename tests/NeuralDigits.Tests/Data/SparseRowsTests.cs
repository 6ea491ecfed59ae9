using CsCheck;

namespace NeuralDigits.Tests;

public class SparseRowsTests
{
    private static readonly Gen<Rows<float>> Features =
        from width in Gen.Int[1, 100]
        from values in Gen.Frequency((3, Gen.Const(0f)), (1, Gen.Float[-1, 1])).Array[width * Rows<float>.Count]
        from numbers in Gen.Int[0, Rows<float>.Count - 1].Array[1, SparseRows.MostTogether]
        select new Rows<float>(width, values, numbers);

    private static readonly Gen<Rows<byte>> Pixels =
        from width in Gen.Int[1, 300]
        from values in Gen.Frequency((3, Gen.Const((byte)0)), (1, Gen.Byte)).Array[width * Rows<byte>.Count]
        from numbers in Gen.Int[0, Rows<byte>.Count - 1].Array[1, SparseRows.MostTogether]
        select new Rows<byte>(width, values, numbers);

    [Fact]
    public void Rows_lose_the_zeros_that_they_have_in_common() => Features.Sample(rows =>
    {
        var sparse = new SparseRows(rows.Width, SparseRows.MostTogether);
        sparse.Load(rows.Values, rows.Numbers);
        AssertHolds(sparse, rows, value => value);
    });

    [Fact]
    public void Images_lose_the_empty_pixels_that_they_have_in_common() => Pixels.Sample(rows =>
    {
        var sparse = new SparseRows(rows.Width, SparseRows.MostTogether);
        sparse.Load(rows.Values, rows.Numbers);
        AssertHolds(sparse, rows, Pixel.ToFeature);
    });

    private static void AssertHolds<T>(SparseRows sparse, Rows<T> rows, Func<T, float> feature)
        where T : struct
    {
        int[] kept = [.. Enumerable.Range(0, rows.Width).Where(i => rows.Numbers.Any(row => feature(rows.At(row, i)) != 0))];
        Assert.Equal(kept, sparse.ListedIndices());
        Assert.Equal(rows.Numbers.Length, sparse.RowCount);
        for (int row = 0; row < rows.Numbers.Length; row++)
            Assert.Equal(kept.Select(i => feature(rows.At(rows.Numbers[row], i))), sparse.ListedValues(row));
    }

    /// <summary>Some rows, and the numbers of those to take.</summary>
    private sealed record Rows<T>(int Width, T[] Values, int[] Numbers)
    {
        public const int Count = 7;

        public T At(int row, int input) => Values[(row * Width) + input];
    }
}
