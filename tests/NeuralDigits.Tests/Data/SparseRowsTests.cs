using CsCheck;

namespace NeuralDigits.Tests;

public class SparseRowsTests
{
    private static readonly Gen<(float[] First, float[] Second)> Features =
        from width in Gen.Int[1, 100]
        from first in Gen.Frequency((1, Gen.Const(0f)), (1, Gen.Float[-1, 1])).Array[width]
        from second in Gen.Frequency((1, Gen.Const(0f)), (1, Gen.Float[-1, 1])).Array[width]
        select (first, second);

    private static readonly Gen<(byte[] First, byte[] Second)> Pixels =
        from width in Gen.Int[1, 300]
        from first in Gen.Frequency((1, Gen.Const((byte)0)), (1, Gen.Byte)).Array[width]
        from second in Gen.Frequency((1, Gen.Const((byte)0)), (1, Gen.Byte)).Array[width]
        select (first, second);

    [Fact]
    public void Two_rows_lose_the_zeros_that_they_have_in_common() => Features.Sample(rows =>
    {
        var sparse = new SparseRows(rows.First.Length);
        sparse.Load(rows.First, rows.Second);
        int[] kept = [.. Enumerable.Range(0, rows.First.Length).Where(i => rows.First[i] != 0 || rows.Second[i] != 0)];
        AssertHolds(sparse, kept, kept.Select(i => rows.First[i]), kept.Select(i => rows.Second[i]));
    });

    [Fact]
    public void One_row_loses_all_its_zeros() => Features.Sample(rows =>
    {
        var sparse = new SparseRows(rows.First.Length);
        sparse.Load(rows.First, []);
        int[] kept = [.. Enumerable.Range(0, rows.First.Length).Where(i => rows.First[i] != 0)];
        AssertHolds(sparse, kept, kept.Select(i => rows.First[i]), []);
        Assert.False(sparse.HasSecond);
    });

    [Fact]
    public void Images_lose_the_empty_pixels_that_they_have_in_common() => Pixels.Sample(rows =>
    {
        var sparse = new SparseRows(rows.First.Length);
        sparse.Load(rows.First, rows.Second);
        int[] kept = [.. Enumerable.Range(0, rows.First.Length).Where(i => rows.First[i] != 0 || rows.Second[i] != 0)];
        AssertHolds(sparse, kept, kept.Select(i => Pixel.ToFeature(rows.First[i])), kept.Select(i => Pixel.ToFeature(rows.Second[i])));
    });

    private static void AssertHolds(SparseRows sparse, int[] indices, IEnumerable<float> first, IEnumerable<float> second)
    {
        Assert.Equal(indices, sparse.ListedIndices());
        Assert.Equal(first, sparse.ListedValues(0));
        if (sparse.HasSecond)
            Assert.Equal(second, sparse.ListedValues(1));
    }
}
