using CsCheck;

namespace NeuralDigits.Tests;

public class LayerKernelsTests
{
    // From 1 x 1 to more than any tile; columns are padded to 16, so 1 to 9 units of them pass every vector's width.
    private static readonly Gen<Shape> Shapes = Gen.Select(
        Gen.Int[1, 14], Gen.Int[0, 14], Gen.Frequency((4, Gen.Int[1, 30]), (1, Gen.Int[31, 300])), Gen.Int[1, 9], Gen.ULong,
        (rows, oldRows, inputs, units, seed) => new Shape(rows, oldRows, inputs, units * 16, seed));

    [Fact]
    public void Every_form_is_tested_and_the_scalar_one_is_always_there() =>
        Assert.IsType<VectorKernels<Lanes32, float>>(LayerKernels.All[^1]);

    [Fact]
    public void Dense_products_equal_the_plain_loop_bit_for_bit() => Shapes.Sample(shape =>
    {
        Matrix a = shape.Random(shape.Rows, shape.Inputs), b = shape.Random(shape.Inputs, shape.Columns);
        Matrix expected = shape.Random(shape.Rows, shape.Columns);
        foreach (LayerKernels kernels in LayerKernels.All)
        {
            Matrix actual = Copy(expected, shape.Rows);
            kernels.MultiplyDense(a.FromColumn(0), b.FromColumn(0), actual.FromColumn(0), shape.Rows, shape.Inputs, shape.Columns);
            Matrix plain = Copy(expected, shape.Rows);
            PlainKernels.MultiplyDense(a.FromColumn(0), b.FromColumn(0), plain.FromColumn(0), shape.Rows, shape.Inputs, shape.Columns);
            AssertSame(plain, actual, shape.Rows);
        }
    });

    [Fact]
    public void Products_with_a_transposed_matrix_equal_the_plain_loop_bit_for_bit() => Shapes.Sample(shape =>
    {
        Matrix a = shape.Random(shape.Inputs, shape.Rows), b = shape.Random(shape.Inputs, shape.Columns);
        Matrix expected = shape.Random(shape.Rows, shape.Columns);
        foreach (LayerKernels kernels in LayerKernels.All)
        {
            Matrix actual = Copy(expected, shape.Rows);
            kernels.MultiplyDense(a.Transposed(), b.FromColumn(0), actual.FromColumn(0), shape.Rows, shape.Inputs, shape.Columns);
            Matrix plain = Copy(expected, shape.Rows);
            PlainKernels.MultiplyDense(a.Transposed(), b.FromColumn(0), plain.FromColumn(0), shape.Rows, shape.Inputs, shape.Columns);
            AssertSame(plain, actual, shape.Rows);
        }
    });

    [Fact]
    public void Sparse_update_and_products_equal_the_plain_loops_bit_for_bit() => Shapes.Sample(shape =>
    {
        Matrix weights = shape.Random(shape.Inputs, shape.Columns), sums = shape.Random(shape.Rows, shape.Columns);
        Matrix changes = shape.Random(shape.OldRows, shape.Columns);
        SparseRow[] rows = shape.RandomRows(shape.Rows), oldRows = shape.RandomRows(shape.OldRows);
        Matrix plainWeights = Copy(weights, shape.Inputs), plainSums = Copy(sums, shape.Rows);
        PlainKernels.UpdateSparse(plainWeights.FromColumn(0), shape.Columns, oldRows, changes.FromColumn(0));
        PlainKernels.MultiplySparse(plainWeights.FromColumn(0), shape.Columns, rows, plainSums.FromColumn(0));
        foreach (LayerKernels kernels in LayerKernels.All)
        {
            Matrix actualWeights = Copy(weights, shape.Inputs), actualSums = Copy(sums, shape.Rows);
            kernels.UpdateAndMultiplySparse(
                actualWeights.FromColumn(0), shape.Inputs, shape.Columns, oldRows, changes.FromColumn(0), rows, actualSums.FromColumn(0),
                new int[shape.Rows + shape.OldRows]);
            AssertSame(plainWeights, actualWeights, shape.Inputs);
            AssertSame(plainSums, actualSums, shape.Rows);
        }
    });

    [Fact]
    public void Rows_lose_their_zeros_and_nothing_else() => Gen.Select(
        Gen.Frequency((1, Gen.Const(0f)), (1, Gen.Float[-1, 1])).Array[1, 100], Gen.Frequency((1, Gen.Const((byte)0)), (1, Gen.Byte)).Array[1, 100],
        (features, pixels) => (features, pixels)).Sample((features, pixels) =>
    {
        SparseRow row = new SparseRowBuffer(features.Length).FromFeatures(features);
        Assert.Equal(features.Index().Where(x => x.Item != 0).Select(x => x.Index), row.Indices.ToArray());
        Assert.Equal(features.Where(x => x != 0), row.Values.ToArray());
        row = new SparseRowBuffer(pixels.Length).FromPixels(pixels);
        Assert.Equal(pixels.Index().Where(x => x.Item != 0).Select(x => x.Index), row.Indices.ToArray());
        Assert.Equal(pixels.Where(x => x != 0).Select(Pixel.ToFeature), row.Values.ToArray());
    });

    private static Matrix Copy(Matrix source, int rows)
    {
        var copy = new Matrix(rows, source.Row(0).Length);
        for (int r = 0; r < rows; r++)
            source.Row(r).CopyTo(copy.Row(r));
        return copy;
    }

    private static void AssertSame(Matrix expected, Matrix actual, int rows)
    {
        for (int r = 0; r < rows; r++)
            Assert.Equal(expected.Row(r).ToArray(), actual.Row(r).ToArray());
    }

    private sealed record Shape(int Rows, int OldRows, int Inputs, int Columns, ulong Seed)
    {
        private readonly RandomGenerator _random = new(Seed, 0);

        public Matrix Random(int rows, int columns)
        {
            var matrix = new Matrix(Math.Max(rows, 1), columns);
            for (int r = 0; r < rows; r++)
            {
                foreach (ref float value in matrix.Row(r)[..columns])
                    value = (float)_random.NextNormal();
            }

            return matrix;
        }

        // About one input in three is not zero.
        public SparseRow[] RandomRows(int rows) => [.. Enumerable.Range(0, rows).Select(_ => new SparseRowBuffer(Inputs).FromFeatures(
            [.. Enumerable.Range(0, Inputs).Select(_ => _random.NextInt32(3) > 0 ? 0 : (float)_random.NextNormal())]))];
    }
}
