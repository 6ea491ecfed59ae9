namespace NeuralDigits;

/// <summary>Functions of the C library that differ between platforms, made of operations that do not.</summary>
internal static class PortableMath
{
    private const double Ln2 = 0.693147180559945309;

    /// <summary>The natural logarithm of a positive, normal number, to a few units in the last place.</summary>
    /// <remarks>x = 2^k m with m from √½ to √2, and ln m = 2 artanh s = 2 (s + s³/3 + s⁵/5 + ...) with s = (m - 1) / (m + 1).</remarks>
    public static double Log(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        int k = (int)((bits >> 52) - 1023);
        double m = BitConverter.Int64BitsToDouble((bits & 0x000F_FFFF_FFFF_FFFF) | (1023L << 52));
        if (m > 1.4142135623730951)
        {
            m /= 2;
            k++;
        }

        double s = (m - 1) / (m + 1);
        double square = s * s;
        double sum = 0;

        // |s| is below 0.172: the term after s^23/23 is below 2^-64.
        for (int power = 23; power >= 1; power -= 2)
            sum = (sum * square) + (1.0 / power);
        return (2 * s * sum) + (k * Ln2);
    }
}
