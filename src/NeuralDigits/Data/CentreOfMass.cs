namespace NeuralDigits;

/// <summary>Where the ink of an image balances, kept as whole numbers: the moments divided by the mass.</summary>
internal readonly record struct CentreOfMass(long Mass, long RowMoment, long ColumnMoment)
{
    /// <summary>The pixel that it lies in: rounded, halves up.</summary>
    public (int Row, int Column) Pixel => (Rounded(RowMoment), Rounded(ColumnMoment));

    /// <summary>The centre of an image that holds some ink.</summary>
    /// <param name="ink">[rows, columns], row-major; 0 is paper.</param>
    /// <param name="columns">Pixel columns of the image.</param>
    public static CentreOfMass Of(ReadOnlySpan<byte> ink, int columns)
    {
        long mass = 0, rowMoment = 0, columnMoment = 0;
        for (int i = 0; i < ink.Length; i++)
        {
            mass += ink[i];
            rowMoment += (long)ink[i] * (i / columns);
            columnMoment += (long)ink[i] * (i % columns);
        }

        return new CentreOfMass(mass, rowMoment, columnMoment);
    }

    /// <summary>Whether it is half a pixel away in each direction at most, give or take a twentieth: in MNIST it is up to 0.52.</summary>
    public bool IsNear(int row, int column) =>
        20 * Math.Abs(RowMoment - (row * Mass)) <= 11 * Mass && 20 * Math.Abs(ColumnMoment - (column * Mass)) <= 11 * Mass;

    private int Rounded(long moment) => (int)(((2 * moment) + Mass) / (2 * Mass));
}
