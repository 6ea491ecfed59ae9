using System.Runtime.CompilerServices;

namespace NeuralDigits;

/// <summary>Where some rows start among many that lie one after the other. Found once and checked once, for loops that check no index.</summary>
/// <param name="width">The values of a row.</param>
/// <param name="most">The most rows.</param>
internal sealed class RowStarts(int width, int most)
{
    private readonly nint[] _starts = new nint[most];

    /// <summary>The start of the first of the rows, in values; those of the others follow.</summary>
    public ref nint First => ref _starts[0];

    /// <summary>Finds where rows start.</summary>
    /// <param name="rows">Rows, one after the other.</param>
    /// <param name="numbers">Which of them.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    /// <exception cref="IndexOutOfRangeException">They are more than there is room for.</exception>
    [MethodImpl(HotPath.Code)]
    public void Find<T>(ReadOnlySpan<T> rows, ReadOnlySpan<int> numbers)
    {
        for (int row = 0; row < numbers.Length; row++)
        {
            long start = (long)numbers[row] * width;
            if (start < 0 || start > rows.Length - width)
                throw new ArgumentOutOfRangeException(nameof(numbers), numbers[row], $"There are {rows.Length / width} rows.");
            _starts[row] = (nint)start;
        }
    }
}
