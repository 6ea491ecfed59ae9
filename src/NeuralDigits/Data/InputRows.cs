namespace NeuralDigits;

/// <summary>Rows of inputs for a network, held in one form or another.</summary>
internal abstract class InputRows(int count, int width)
{
    // Enough to tell many zeros from few, and no time lost.
    private const int DensitySample = 32;

    private double? _density;

    /// <summary>The number of rows.</summary>
    public int Count { get; } = count;

    /// <summary>The number of inputs in a row.</summary>
    public int Width { get; } = width;

    /// <summary>The share of the inputs that are not zero, from 0 to 1; measured on some of the rows when it is first asked for.</summary>
    public double Density => _density ??= Count == 0 ? 0 : MeasureDensity();

    /// <summary>Whether several rows may be loaded together, without their common zeros.</summary>
    public abstract bool MayBeLoadedTogether { get; }

    /// <summary>Loads one row, or several if they may be loaded together, without their zeros.</summary>
    public abstract void Load(ReadOnlySpan<int> rows, SparseRows target);

    /// <summary>Copies a row out, zeros and all; the target has room for <see cref="Width"/> values.</summary>
    public abstract void CopyTo(int row, Span<float> target);

    /// <summary>Starts to bring a row that is needed soon into the cache.</summary>
    public abstract void PrefetchRow(int row);

    private protected abstract int CountNonZeros(int row);

    private double MeasureDensity()
    {
        int rows = Math.Min(Count, DensitySample);
        long nonZeros = 0;
        for (int i = 0; i < rows; i++)
            nonZeros += CountNonZeros((int)((long)i * Count / rows));
        return (double)nonZeros / rows / Width;
    }
}
