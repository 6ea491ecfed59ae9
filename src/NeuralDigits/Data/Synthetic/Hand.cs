using System.Runtime.InteropServices;

namespace NeuralDigits;

/// <summary>Writes digits, never twice alike.</summary>
/// <remarks>The lengths below are in parts of the height of a line of writing, unless they are said to be in pixels.</remarks>
internal sealed class Hand
{
    // How far a point of the way may be missed; the first and the last of a curve, where the pen comes and goes, by more.
    private const double PointSpread = 0.045;
    private const double EndSpread = 0.08;

    private const double WarpStrength = 0.14;

    private readonly Warp _warp = new();
    private readonly Pen _pen = new();
    private readonly List<Point> _places = [];
    private readonly List<int> _lengths = [];

    /// <summary>Writes a digit.</summary>
    /// <param name="digit">From 0 to 9.</param>
    /// <param name="random">All that makes this one differ from others.</param>
    /// <returns>An image of 28 x 28 pixels as MNIST's.</returns>
    public ReadOnlyMemory<byte> Write(int digit, RandomGenerator random)
    {
        // One that leans too far to one side to be centred, as few do, is written again: MNIST has none.
        Picture image;
        do
            image = new Picture(WriteOnce(digit, random), DigitImage.Side, DigitImage.Side);
        while (!DigitImage.IsNormalized(image));
        return image.Pixels;
    }

    private byte[] WriteOnce(int digit, RandomGenerator random)
    {
        WayOfWriting way = WaysOfWriting.Choose(digit, random);
        Trace(way, Missed(way, random));
        Span<Point> places = CollectionsMarshal.AsSpan(_places);
        Distort(places, random);

        // A felt pen is rarer than a ballpoint, but much broader.
        double pressure = random.NextNormal();
        double width = Math.Clamp(2.3 + (0.7 * pressure) + (0.1 * pressure * pressure), 1, 6);
        double blur = Math.Clamp(1.2 + (0.3 * random.NextNormal()), 0.7, 3);
        double strength = 1 - (0.2 * random.NextDouble());
        (byte[] ink, int columns) = _pen.Draw(places, CollectionsMarshal.AsSpan(_lengths), new Stroke(width, blur, strength));
        return DigitImage.Place(ink, columns);
    }

    private static Point[] Missed(WayOfWriting way, RandomGenerator random)
    {
        var points = new Point[way.Points.Length];
        for (int i = 0; i < points.Length; i++)
            points[i] = way.Points[i] + RandomPoint(way.IsEnd(i) ? EndSpread : PointSpread, random);
        return points;
    }

    private static Point RandomPoint(double spread, RandomGenerator random) => new(spread * random.NextNormal(), spread * random.NextNormal());

    private void Trace(WayOfWriting way, ReadOnlySpan<Point> points)
    {
        _places.Clear();
        _lengths.Clear();
        foreach (Range curve in way.Curves)
        {
            int before = _places.Count;
            SmoothCurve.Append(points[curve], _places);
            _lengths.Add(_places.Count - before);
        }
    }

    // The elastic distortion first, then the width of the writing, its slant, and the turn of the paper.
    private void Distort(Span<Point> places, RandomGenerator random)
    {
        _warp.Redraw(random, WarpStrength);
        double breadth = Math.Clamp(1.2 + (0.25 * random.NextNormal()), 0.4, 2);
        double slant = 0.1 + (0.25 * random.NextNormal());

        // By the tangent t of half its angle, a turn has the cosine (1 - t²) / (1 + t²) and the sine 2t / (1 + t²): no library function.
        double halfTurn = 0.06 * random.NextNormal();
        double square = 1 + (halfTurn * halfTurn);
        double cosine = (2 - square) / square, sine = 2 * halfTurn / square;
        foreach (ref Point place in places)
        {
            Point warped = _warp.Move(place);
            double x = (breadth * warped.X) - (slant * warped.Y), y = warped.Y;
            place = new Point((cosine * x) - (sine * y), (sine * x) + (cosine * y));
        }
    }
}
