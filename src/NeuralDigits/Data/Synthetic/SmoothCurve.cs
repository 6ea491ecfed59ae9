namespace NeuralDigits;

/// <summary>A smooth curve through points: the spline of E. Catmull and R. Rom, "A Class of Local Interpolating Splines", 1974.</summary>
internal static class SmoothCurve
{
    /// <summary>Into how many straight pieces the way from point to point is cut.</summary>
    public const int PiecesPerStep = 6;

    /// <summary>Appends the curve to a list of places; the first is the first point, the last the last one.</summary>
    /// <param name="points">The points, at least two.</param>
    /// <param name="places">The list.</param>
    public static void Append(ReadOnlySpan<Point> points, List<Point> places)
    {
        places.Add(points[0]);
        for (int i = 0; i + 1 < points.Length; i++)
        {
            // Beyond an end the curve would go on straight.
            Point before = i > 0 ? points[i - 1] : (2 * points[0]) - points[1];
            Point after = i + 2 < points.Length ? points[i + 2] : (2 * points[^1]) - points[^2];
            for (int piece = 1; piece <= PiecesPerStep; piece++)
                places.Add(Between(before, points[i], points[i + 1], after, (double)piece / PiecesPerStep));
        }
    }

    private static Point Between(Point before, Point from, Point to, Point after, double t)
    {
        Point linear = to - before;
        Point square = (2 * before) - (5 * from) + (4 * to) - after;
        Point cube = (3 * from) - before - (3 * to) + after;
        return from + ((t / 2) * (linear + (t * (square + (t * cube)))));
    }
}
