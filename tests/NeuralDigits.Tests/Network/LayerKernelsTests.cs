using System.Runtime.Intrinsics;
using CsCheck;

namespace NeuralDigits.Tests;

public class LayerKernelsTests
{
    // From 1 x 1 to several tiles; columns are padded to 16, so 1 to 9 units of them pass every vector's width.
    private static readonly Gen<Shape> Shapes = Gen.Select(
        Gen.Int[1, 40], Gen.Int[0, 14], Gen.Frequency((4, Gen.Int[1, 30]), (1, Gen.Int[31, 300])), Gen.Int[1, 9], Gen.ULong,
        (rows, oldRows, inputs, units, seed) => new Shape(rows, oldRows, inputs, units * 16, seed));

    // Those of this machine, and the widest, which any machine can run in software.
    private static readonly LayerKernels[] Forms = [.. LayerKernels.All, new VectorKernels<Lanes512, Vector512<float>>()];

    [Fact]
    public void Dense_products_equal_the_plain_loop_bit_for_bit() => Shapes.Sample(shape =>
    {
        Matrix a = shape.Random(shape.Rows, shape.Inputs), b = shape.Random(shape.Inputs, shape.Columns);
        Matrix start = shape.Random(shape.Rows, shape.Columns);
        var expected = new Matrix(shape.Rows, shape.Columns);
        PlainKernels.MultiplyDense(a.FromColumn(0), b.FromColumn(0), start.FromColumn(0), expected.FromColumn(0), shape.Rows, shape.Inputs, shape.Columns);
        foreach (LayerKernels kernels in Forms)
        {
            var actual = new Matrix(shape.Rows, shape.Columns);
            kernels.MultiplyDense(a.FromColumn(0), b.FromColumn(0), start.FromColumn(0), actual.FromColumn(0), shape.Rows, shape.Inputs, shape.Columns);
            AssertSame(expected, actual, shape.Rows);
            Matrix inPlace = Copy(start, shape.Rows);
            kernels.MultiplyDense(a.FromColumn(0), b.FromColumn(0), inPlace.FromColumn(0), inPlace.FromColumn(0), shape.Rows, shape.Inputs, shape.Columns);
            AssertSame(expected, inPlace, shape.Rows);
        }
    });

    [Fact]
    public void Products_with_a_transposed_matrix_equal_the_plain_loop_bit_for_bit() => Shapes.Sample(shape =>
    {
        Matrix a = shape.Random(shape.Inputs, shape.Rows), b = shape.Random(shape.Inputs, shape.Columns);
        Matrix start = shape.Random(shape.Rows, shape.Columns);
        var expected = new Matrix(shape.Rows, shape.Columns);
        PlainKernels.MultiplyDense(a.Transposed(), b.FromColumn(0), start.FromColumn(0), expected.FromColumn(0), shape.Rows, shape.Inputs, shape.Columns);
        foreach (LayerKernels kernels in Forms)
        {
            var actual = new Matrix(shape.Rows, shape.Columns);
            kernels.MultiplyDense(a.Transposed(), b.FromColumn(0), start.FromColumn(0), actual.FromColumn(0), shape.Rows, shape.Inputs, shape.Columns);
            AssertSame(expected, actual, shape.Rows);
            Matrix inPlace = Copy(start, shape.Rows);
            kernels.MultiplyDense(a.Transposed(), b.FromColumn(0), inPlace.FromColumn(0), inPlace.FromColumn(0), shape.Rows, shape.Inputs, shape.Columns);
            AssertSame(expected, inPlace, shape.Rows);
        }
    });

    [Fact]
    public void Products_that_start_from_one_row_again_and_again_equal_the_plain_loop_bit_for_bit() => Shapes.Sample(shape =>
    {
        Matrix a = shape.Random(shape.Rows, shape.Inputs), b = shape.Random(shape.Inputs, shape.Columns);
        Matrix row = shape.Random(1, shape.Columns);
        Strided Start() => new(ref row.Row(0)[0], 0, 1);
        foreach (int inner in new[] { shape.Inputs, 0 })
        {
            var expected = new Matrix(shape.Rows, shape.Columns);
            PlainKernels.MultiplyDense(a.FromColumn(0), b.FromColumn(0), Start(), expected.FromColumn(0), shape.Rows, inner, shape.Columns);
            foreach (LayerKernels kernels in Forms)
            {
                var actual = new Matrix(shape.Rows, shape.Columns);
                kernels.MultiplyDense(a.FromColumn(0), b.FromColumn(0), Start(), actual.FromColumn(0), shape.Rows, inner, shape.Columns);
                AssertSame(expected, actual, shape.Rows);
            }
        }
    });

    [Fact]
    public void Products_with_any_number_of_whole_vectors_equal_the_plain_loop_bit_for_bit() => Shapes.Sample(shape =>
    {
        foreach (LayerKernels kernels in Forms)
        {
            // As many as there are rows, in vectors of this form: where those are narrow, no multiple of 16.
            int columns = Layer.Padded(shape.Rows, kernels.VectorLength);
            Matrix a = shape.Random(shape.Rows, shape.Inputs), b = shape.Random(shape.Inputs, columns), start = shape.Random(shape.Rows, columns);
            Matrix expected = Copy(start, shape.Rows), actual = Copy(start, shape.Rows);
            PlainKernels.MultiplyDense(a.FromColumn(0), b.FromColumn(0), start.FromColumn(0), expected.FromColumn(0), shape.Rows, shape.Inputs, columns);
            kernels.MultiplyDense(a.FromColumn(0), b.FromColumn(0), start.FromColumn(0), actual.FromColumn(0), shape.Rows, shape.Inputs, columns);
            AssertSame(expected, actual, shape.Rows);
        }
    });

    [Fact]
    public void Sparse_update_and_products_equal_those_with_all_the_zeros_bit_for_bit() => Shapes.Sample(shape =>
    {
        Matrix weights = shape.Random(shape.Inputs, shape.Columns), biasRow = shape.Random(1, shape.Columns);
        Strided Biases() => new(ref biasRow.Row(0)[0], 0, 1);
        Matrix changes = shape.Random(shape.OldRows, shape.Columns);
        Matrix x = shape.RandomWithZeros(shape.Rows, shape.Inputs), old = shape.RandomWithZeros(shape.OldRows, shape.Inputs);
        Matrix plainWeights = Copy(weights, shape.Inputs), plainSums = new Matrix(shape.Rows, shape.Columns);
        PlainKernels.MultiplyDense(
            old.Transposed(), changes.FromColumn(0), weights.FromColumn(0), plainWeights.FromColumn(0), shape.Inputs, shape.OldRows, shape.Columns);
        PlainKernels.MultiplyDense(
            x.FromColumn(0), plainWeights.FromColumn(0), Biases(), plainSums.FromColumn(0), shape.Rows, shape.Inputs, shape.Columns);
        foreach ((LayerKernels kernels, int together) in Forms.SelectMany(kernels => Enumerable.Range(1, SparseRows.MostTogether).Select(together => (kernels, together))))
        {
            SparseRows[] rows = shape.WithoutZeros(x, shape.Rows, together), oldRows = shape.WithoutZeros(old, shape.OldRows, together);
            Matrix actualWeights = Copy(weights, shape.Inputs), actualSums = new Matrix(shape.Rows, shape.Columns);
            kernels.UpdateSparse(actualWeights.FromColumn(0), shape.Columns, oldRows, changes.FromColumn(0));
            kernels.MultiplySparse(actualWeights.FromColumn(0), shape.Columns, rows, Biases(), actualSums.FromColumn(0));
            AssertSame(plainWeights, actualWeights, shape.Inputs);
            AssertSame(plainSums, actualSums, shape.Rows);
        }
    });

    [Fact]
    public void Pixels_give_what_their_features_give_bit_for_bit() => Shapes.Sample(shape =>
    {
        const int images = SparseRows.MostTogether;
        Matrix weights = shape.Random(shape.Inputs, shape.Columns), changes = shape.Random(images, shape.Columns);
        byte[] ink = [.. Enumerable.Range(0, images).SelectMany(_ => shape.Pixels())];
        foreach ((LayerKernels kernels, int together) in Forms.SelectMany(kernels => Enumerable.Range(1, images).Select(together => (kernels, together))))
        {
            int[] numbers = [.. Enumerable.Range(0, together)];
            var features = new SparseRows(shape.Inputs, together);
            features.Load([.. ink.Select(Pixel.ToFeature)], numbers);
            (Matrix Weights, Matrix Sums) expected = Run(kernels, features);
            foreach (bool makesFeatures in (bool[])[false, true])
            {
                var pixels = new SparseRows(shape.Inputs, together, makesFeatures);
                pixels.Load(ink, numbers);
                (Matrix Weights, Matrix Sums) actual = Run(kernels, pixels);
                AssertSame(expected.Weights, actual.Weights, shape.Inputs);
                AssertSame(expected.Sums, actual.Sums, together);
            }
        }

        (Matrix Weights, Matrix Sums) Run(LayerKernels kernels, SparseRows rows)
        {
            Matrix learnt = Copy(weights, shape.Inputs);
            var sums = new Matrix(images, shape.Columns);
            kernels.UpdateSparse(learnt.FromColumn(0), shape.Columns, new[] { rows }, changes.FromColumn(0));
            kernels.MultiplySparse(learnt.FromColumn(0), shape.Columns, new[] { rows }, new Strided(ref changes.Row(0)[0], 0, 1), sums.FromColumn(0));
            return (learnt, sums);
        }
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

        public byte[] Pixels() => [.. Enumerable.Range(0, Inputs).Select(_ => (byte)(_random.NextInt32(3) == 0 ? _random.NextInt32(256) : 0))];

        // About one value in three is not zero.
        public Matrix RandomWithZeros(int rows, int columns)
        {
            Matrix matrix = Random(rows, columns);
            for (int r = 0; r < rows; r++)
            {
                foreach (ref float value in matrix.Row(r)[..columns])
                    value = _random.NextInt32(3) == 0 ? value : 0;
            }

            return matrix;
        }

        public SparseRows[] WithoutZeros(Matrix matrix, int rows, int together) => [.. Enumerable.Range(0, rows).Chunk(together).Select(chunk =>
        {
            var sparse = new SparseRows(Inputs, together);
            sparse.Load([.. chunk.SelectMany(row => matrix.Row(row)[..Inputs].ToArray())], [.. chunk.Index().Select(row => row.Index)]);
            return sparse;
        })];
    }
}
