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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Images_lose_the_empty_pixels_that_they_have_in_common(bool makesFeatures) => Pixels.Sample(rows =>
    {
        var sparse = new SparseRows(rows.Width, SparseRows.MostTogether, makesFeatures);
        sparse.Load(rows.Values, rows.Numbers);
        AssertHolds(sparse, rows, Pixel.ToFeature);
    });

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(95)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(784)]
    [InlineData(785)]
    public void Lists_of_any_width_hold_what_is_not_zero_in_all_rows(int width)
    {
        var random = new Random(width);
        foreach (int percent in new[] { 0, 1, 19, 50, 100 })
        {
            byte[] values = [.. Enumerable.Range(0, width * Rows<byte>.Count).Select(_ => (byte)(random.Next(100) < percent ? random.Next(1, 256) : 0))];
            for (int together = 1; together <= SparseRows.MostTogether; together++)
            {
                // The last row is among them: nothing is behind it.
                int[] numbers = [.. Enumerable.Range(0, together).Select(row => Rows<byte>.Count - 1 - row)];
                var sparse = new SparseRows(width, together);
                var pixels = new Rows<byte>(width, values, numbers);
                sparse.Load(pixels.Values, numbers);
                AssertHolds(sparse, pixels, Pixel.ToFeature);

                var features = new Rows<float>(width, [.. values.Select(Pixel.ToFeature)], numbers);
                sparse.Load(features.Values, numbers);
                AssertHolds(sparse, features, value => value);
            }
        }
    }

    [Theory]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    public void Images_may_be_wider_than_indices_of_16_bits(int width)
    {
        var image = new byte[width];
        image[0] = 1;
        image[^2] = 2;
        image[^1] = 3;
        var sparse = new SparseRows(width);
        sparse.Load(image, [0]);
        Assert.Equal([0, width - 2, width - 1], sparse.ListedIndices());
        Assert.Equal([Pixel.ToFeature(1), Pixel.ToFeature(2), Pixel.ToFeature(3)], sparse.ListedValues(0));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(int.MaxValue)]
    [InlineData(107_374_183)] // Times 40 it is 24 in 32 bits.
    public void Row_that_is_not_there_is_refused(int number)
    {
        const int width = 40;
        var sparse = new SparseRows(width, most: 2);
        Assert.Throws<ArgumentOutOfRangeException>(() => sparse.Load(new byte[(2 * width) - 1], [0, number]));
        Assert.Throws<ArgumentOutOfRangeException>(() => sparse.Load(new float[(2 * width) - 1], [0, number]));
    }

    [Fact]
    public void More_rows_than_there_is_room_for_are_refused()
    {
        const int width = 40;
        var sparse = new SparseRows(width, most: 2);
        Assert.Throws<IndexOutOfRangeException>(() => sparse.Load(new byte[width], [0, 0, 0]));
        Assert.Throws<IndexOutOfRangeException>(() => sparse.Load(new float[width], [0, 0, 0]));
    }

    [LinuxTheory]
    [InlineData(1, 0)]
    [InlineData(33, 0)]
    [InlineData(64, 0)]
    [InlineData(127, 0)]
    [InlineData(784, 0)]
    [InlineData(1, 1)]
    [InlineData(8, 1)]
    [InlineData(33, 1)]
    [InlineData(64, 1)]
    [InlineData(100, 1)]
    [InlineData(127, 1)]
    [InlineData(128, 1)]
    [InlineData(784, 1)]
    public void Nothing_is_read_beyond_the_last_row(int width, byte filling)
    {
        using var guarded = new GuardedMemory(filling);
        int expected = filling == 0 ? 0 : width;
        for (int together = 1; together <= SparseRows.MostTogether; together++)
        {
            var sparse = new SparseRows(width, together);
            sparse.Load(guarded.Last<byte>(width), new int[together]);
            Assert.Equal(expected, sparse.Count);
            sparse.Load(guarded.Last<float>(width), new int[together]);
            Assert.Equal(expected, sparse.Count);
        }
    }

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
