namespace NeuralDigits;

/// <summary>From any picture of one digit to an image as MNIST's: what a network that learnt from MNIST can read.</summary>
/// <remarks>
/// As MNIST's authors made it of NIST's pictures (<see href="http://yann.lecun.com/exdb/mnist/"/>): the ink's longer side is scaled to 20
/// pixels, the shorter one in proportion, then the ink is placed so that its centre of mass is the centre of 28 x 28 pixels. In MNIST that
/// centre is pixel 14, counted from 0, and the shift a whole number of pixels. All arithmetic is in whole numbers: the same picture gives the
/// same image on every machine.
/// </remarks>
public static class DigitImage
{
    /// <summary>Pixel rows and columns of an image: 28.</summary>
    public const int Side = 28;

    /// <summary>The longer side of the ink: 20 pixels.</summary>
    public const int InkLength = 20;

    private const int Centre = 14;

    /// <summary>Makes an image of a picture of one digit, dark on light or light on dark, of any size and in any place.</summary>
    /// <remarks>A picture that <see cref="IsNormalized">is such an image already</see> is returned as it is.</remarks>
    /// <param name="picture">The picture.</param>
    /// <returns>[28, 28], row-major; 0 is paper, 255 full ink.</returns>
    /// <exception cref="InvalidDataException">The picture is blank.</exception>
    public static byte[] From(Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (IsNormalized(picture))
            return picture.Pixels.ToArray();
        byte[] ink = Ink.Of(picture);
        InkBox box = InkBox.Of(ink, picture.Columns);
        int rows = Scaled(box.Rows, box.Length), columns = Scaled(box.Columns, box.Length);
        byte[] small = AreaAverage.Resize(ink, picture.Columns, box, rows, columns);
        StretchToFullInk(small);
        return Place(small, columns);
    }

    /// <summary>
    /// Whether a picture is an image as MNIST's already: 28 x 28 pixels, ink light on black, 20 pixels long (a few of MNIST's are 19), its centre
    /// of mass at pixel 14 or about half a pixel beside it.
    /// </summary>
    /// <remarks>All of MNIST's 70,000 images are.</remarks>
    /// <param name="picture">The picture.</param>
    public static bool IsNormalized(Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (picture.Rows != Side || picture.Columns != Side)
            return false;
        ReadOnlySpan<byte> pixels = picture.Pixels.Span;
        return InkBox.Of(pixels, Side).Length is InkLength or InkLength - 1 && CentreOfMass.Of(pixels, Side).IsNear(Centre, Centre);
    }

    private static int Scaled(int side, int longerSide) =>
        (int)Math.Max(1, (((long)side * InkLength * 2) + longerSide) / ((long)longerSide * 2));

    // A thin line turns grey where it is made smaller; MNIST's ink is full somewhere in every image.
    private static void StretchToFullInk(Span<byte> ink)
    {
        int strongest = 1;
        foreach (byte value in ink)
            strongest = Math.Max(strongest, value);
        for (int i = 0; i < ink.Length; i++)
            ink[i] = (byte)(((ink[i] * 255) + (strongest / 2)) / strongest);
    }

    /// <summary>Places ink so that its centre of mass is at pixel 14.</summary>
    /// <param name="ink">[rows, columns], row-major, each side at most <see cref="InkLength"/>; not all of it 0.</param>
    /// <param name="columns">Pixel columns of the ink.</param>
    internal static byte[] Place(ReadOnlySpan<byte> ink, int columns)
    {
        int rows = ink.Length / columns;
        (int centreRow, int centreColumn) = CentreOfMass.Of(ink, columns).Pixel;

        // Ink that lies all to one side is kept whole rather than centred.
        int top = Math.Clamp(Centre - centreRow, 0, Side - rows);
        int left = Math.Clamp(Centre - centreColumn, 0, Side - columns);
        var image = new byte[Side * Side];
        for (int row = 0; row < rows; row++)
            ink.Slice(row * columns, columns).CopyTo(image.AsSpan(((top + row) * Side) + left));
        return image;
    }
}
