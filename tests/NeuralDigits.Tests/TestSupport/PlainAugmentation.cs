namespace NeuralDigits.Tests;

/// <summary>What <see cref="ImageAugmenter"/> does, pixel by pixel and without any of its haste.</summary>
internal sealed class PlainAugmentation(byte[] image, int rows, int columns)
{
    private const double PixelParts = 128;

    /// <summary>All pixels moved down and to the right.</summary>
    public byte[] Shifted(int down, int right) => Each((row, column) => At(row - down, column - right));

    /// <summary>What <see cref="AffineAugmenter"/> makes.</summary>
    public byte[] Affine(AffineRanges ranges, RandomGenerator random)
    {
        double[] drawn = [.. Enumerable.Range(0, 6).Select(_ => (2 * random.NextDouble()) - 1)];
        double t = ranges.HalfTurn * drawn[0];
        double square = 1 + (t * t), cosine = (2 - square) / square, sine = 2 * t / square;
        double across = 1 + (ranges.Scale * drawn[1]), down = 1 + (ranges.Scale * drawn[2]);
        double slant = ranges.Shear * drawn[3] * down;
        double xx = Steps(cosine * across), xy = Steps((cosine * slant) - (sine * down));
        double yx = Steps(sine * across), yy = Steps((sine * slant) + (cosine * down));

        // Of the middle between two pixels, halves of a step are rounded down.
        double x0 = Math.Floor((columns - 1) * (65536 - xx) / 2) - Math.Floor((rows - 1) * xy / 2) + Steps(ranges.Shift * drawn[4]);
        double y0 = Math.Floor((rows - 1) * (65536 - yy) / 2) - Math.Floor((columns - 1) * yx / 2) + Steps(ranges.Shift * drawn[5]);
        return Each((row, column) => Between(
            Rounded((x0 + (column * xx) + (row * xy)) / 512), Rounded((y0 + (column * yx) + (row * yy)) / 512)));
    }

    /// <summary>What <see cref="ElasticAugmenter"/> makes.</summary>
    public byte[] Elastic(double reach, RandomGenerator random)
    {
        int latticeRows = ((rows + 7) / 8) + 2, latticeColumns = ((columns + 7) / 8) + 2;
        var right = new double[latticeRows, latticeColumns];
        var down = new double[latticeRows, latticeColumns];
        for (int i = 0; i < latticeRows; i++)
        {
            for (int j = 0; j < latticeColumns; j++)
            {
                uint bits = random.NextUInt32();
                right[i, j] = Math.Floor((short)(bits & 0xFFFF) * Math.Floor(reach * 256) / 32768);
                down[i, j] = Math.Floor((short)(bits >> 16) * Math.Floor(reach * 256) / 32768);
            }
        }

        return Each((row, column) => Between(
            (column * PixelParts) + Rounded(Smooth(right, row, column) / 2), (row * PixelParts) + Rounded(Smooth(down, row, column) / 2)));
    }

    private static double Steps(double value) => Rounded(value * 65536);

    private static double Rounded(double value) => Math.Floor(value + 0.5);

    private static double Smooth(double[,] lattice, int row, int column)
    {
        double sum = 0;
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
                sum += Spline(i, row % 8 / 8.0) * Spline(j, column % 8 / 8.0) * lattice[(row / 8) + i, (column / 8) + j];
        }

        return sum;
    }

    private static double Spline(int point, double t) => point switch
    {
        0 => (1 - t) * (1 - t) / 2,
        1 => 0.5 + (t * (1 - t)),
        _ => t * t / 2,
    };

    // Places in 128ths of a pixel.
    private byte Between(double x, double y)
    {
        int left = (int)Math.Floor(x / PixelParts), top = (int)Math.Floor(y / PixelParts);
        double right = (x / PixelParts) - left, below = (y / PixelParts) - top;
        double upper = (At(top, left) * (1 - right)) + (At(top, left + 1) * right);
        double lower = (At(top + 1, left) * (1 - right)) + (At(top + 1, left + 1) * right);
        return (byte)Rounded((upper * (1 - below)) + (lower * below));
    }

    private byte At(int row, int column) =>
        row >= 0 && row < rows && column >= 0 && column < columns ? image[(row * columns) + column] : (byte)0;

    private byte[] Each(Func<int, int, byte> pixel) =>
        [.. Enumerable.Range(0, image.Length).Select(i => pixel(i / columns, i % columns))];
}
