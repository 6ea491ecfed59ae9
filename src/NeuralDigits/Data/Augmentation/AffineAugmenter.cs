using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NeuralDigits;

/// <summary>Turns, stretches, slants and moves images about their centre.</summary>
internal sealed class AffineAugmenter(int rows, int columns, AffineRanges ranges) : ImageAugmenter
{
    // The places where pixels are taken from are sums of many steps: these have more binary places than the sums need.
    private const int StepBits = 16;
    private const int DroppedBits = StepBits - Resampler.FractionBits;

    private readonly Resampler _resampler = new(rows, columns);

    [MethodImpl(HotPath.Code)]
    public override void Augment(ReadOnlySpan<byte> image, RandomGenerator random, Span<byte> target)
    {
        Map map = Draw(random);
        if (!_resampler.Open(image, target))
            return;
        Vector256<int> steps = Vector256<int>.Indices;
        for (int row = 0; row < rows; row++)
        {
            int x = map.X + (row * map.XDown), y = map.Y + (row * map.YDown);
            for (int column = 0; column < columns; column += Resampler.Group)
            {
                Vector256<int> across = steps + Vector256.Create(column);
                _resampler.Take(
                    row,
                    column,
                    Rounded((across * map.XAcross) + Vector256.Create(x)),
                    Rounded((across * map.YAcross) + Vector256.Create(y)));
            }
        }

        _resampler.CopyTo(target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Rounded(Vector256<int> place) => (place + Vector256.Create(1 << (DroppedBits - 1))) >> DroppedBits;

    // From the place in the new image to that in the old one: stretched, then slanted, then turned, each as likely as its contrary.
    private Map Draw(RandomGenerator random)
    {
        // By the tangent t of half its angle, a turn has the cosine (1 - t²) / (1 + t²) and the sine 2t / (1 + t²): no library function.
        double halfTurn = ranges.HalfTurn * Symmetric(random);
        double square = 1 + (halfTurn * halfTurn);
        double cosine = (2 - square) / square, sine = 2 * halfTurn / square;
        double across = 1 + (ranges.Scale * Symmetric(random)), down = 1 + (ranges.Scale * Symmetric(random));
        double shear = ranges.Shear * Symmetric(random);
        double right = ranges.Shift * Symmetric(random), below = ranges.Shift * Symmetric(random);

        double slant = shear * down;
        int xAcross = Fixed(cosine * across), xDown = Fixed((cosine * slant) - (sine * down));
        int yAcross = Fixed(sine * across), yDown = Fixed((sine * slant) + (cosine * down));
        return new Map(
            (AboutCentre(columns, xAcross) - (((rows - 1) * xDown) >> 1)) + Fixed(right), xAcross, xDown,
            (AboutCentre(rows, yDown) - (((columns - 1) * yAcross) >> 1)) + Fixed(below), yAcross, yDown);
    }

    // Where the first of so many pixels comes from when the middle one stays.
    private static int AboutCentre(int pixels, int step) => ((pixels - 1) * ((1 << StepBits) - step)) >> 1;

    private static double Symmetric(RandomGenerator random) => (2 * random.NextDouble()) - 1;

    private static int Fixed(double value) => (int)Math.Floor((value * (1 << StepBits)) + 0.5);

    // Where the first pixel is taken from, and how far from there the next one across and down.
    private readonly record struct Map(int X, int XAcross, int XDown, int Y, int YAcross, int YDown);
}
