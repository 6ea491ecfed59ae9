namespace NeuralDigits;

/// <summary>What data files are expected to hold; anything else is refused. The default is MNIST's: 28 x 28 pixels, ten classes.</summary>
public sealed class DataSetFormat
{
    /// <summary>Pixel rows of an image, or <see langword="null"/> to accept any.</summary>
    public int? Rows { get; init; } = 28;

    /// <summary>Pixel columns of an image, or <see langword="null"/> to accept any.</summary>
    public int? Columns { get; init; } = 28;

    /// <summary>What the classes are called, in the order of their labels; <see langword="null"/> for the numbers themselves.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>Number of classes, 1 to 256: labels are 0 to <c>ClassCount - 1</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 1 to 256.</exception>
    public int ClassCount
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 256);
            field = value;
        }
    } = 10;
}
