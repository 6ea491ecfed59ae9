using System.Runtime.CompilerServices;

namespace NeuralDigits;

/// <summary>Draws curves so large that the longer side of their ink is as long as MNIST's.</summary>
internal sealed class Pen
{
    private const int Side = DigitImage.InkLength;
    private readonly double[] _ink = new double[Side * Side];

    /// <summary>Draws.</summary>
    /// <param name="places">The curves one after the other, in any unit; they are moved to where they are drawn.</param>
    /// <param name="lengths">How many places each curve has, at least two.</param>
    /// <param name="stroke">What the pen leaves.</param>
    /// <returns>The ink of the pixels from 0 to 255, [rows, columns], and the number of columns.</returns>
    public (byte[] Ink, int Columns) Draw(Span<Point> places, ReadOnlySpan<int> lengths, Stroke stroke)
    {
        Point extent = Fit(places, Side - stroke.Width, margin: stroke.Width / 2);
        int rows = Pixels(extent.Y + stroke.Width), columns = Pixels(extent.X + stroke.Width);
        Array.Clear(_ink);
        foreach (int length in lengths)
        {
            for (int i = 1; i < length; i++)
                DrawLine(places[i - 1], places[i], rows, columns, stroke);
            places = places[length..];
        }

        var ink = new byte[rows * columns];
        for (int i = 0; i < ink.Length; i++)
            ink[i] = (byte)((_ink[i] * byte.MaxValue) + 0.5);
        return (ink, columns);
    }

    private static int Pixels(double length) => Math.Clamp((int)(length + 0.5), 1, Side);

    // Gives the longer side of the places' box a length, and moves it to a margin from the left and from the top.
    private static Point Fit(Span<Point> places, double length, double margin)
    {
        Point least = places[0], most = places[0];
        foreach (Point place in places)
        {
            least = new Point(Math.Min(least.X, place.X), Math.Min(least.Y, place.Y));
            most = new Point(Math.Max(most.X, place.X), Math.Max(most.Y, place.Y));
        }

        Point extent = most - least;
        double scale = length / Math.Max(extent.X, extent.Y);
        foreach (ref Point place in places)
            place = new Point(margin, margin) + (scale * (place - least));
        return scale * extent;
    }

    [MethodImpl(HotPath.Code)]
    private void DrawLine(Point from, Point to, int rows, int columns, Stroke stroke)
    {
        double reach = (stroke.Width + stroke.Blur) / 2;
        (int top, int bottom) = PixelsWithin(reach, from.Y, to.Y, rows);
        (int left, int right) = PixelsWithin(reach, from.X, to.X, columns);
        for (int row = top; row <= bottom; row++)
        {
            for (int column = left; column <= right; column++)
            {
                double ink = stroke.InkAt(Distance(new Point(column + 0.5, row + 0.5), from, to));
                ref double there = ref _ink[(row * columns) + column];
                there = Math.Max(there, ink);
            }
        }
    }

    private static (int First, int Last) PixelsWithin(double reach, double from, double to, int count) =>
        ((int)Math.Max(0, Math.Min(from, to) - reach), (int)Math.Min(count - 1, Math.Max(from, to) + reach));

    private static double Distance(Point pixel, Point from, Point to)
    {
        Point line = to - from, way = pixel - from;
        double square = line.Dot(line);
        Point away = square == 0 ? way : way - (Math.Clamp(way.Dot(line) / square, 0, 1) * line);
        return Math.Sqrt(away.Dot(away));
    }
}
