namespace NeuralDigits;

/// <summary>A place on the paper, or a way from place to place.</summary>
/// <param name="X">To the right.</param>
/// <param name="Y">Downwards.</param>
internal readonly record struct Point(double X, double Y)
{
    public static Point operator +(Point a, Point b) => new(a.X + b.X, a.Y + b.Y);

    public static Point operator -(Point a, Point b) => new(a.X - b.X, a.Y - b.Y);

    public static Point operator *(double factor, Point a) => new(factor * a.X, factor * a.Y);

    /// <summary>The scalar product.</summary>
    public double Dot(Point other) => (X * other.X) + (Y * other.Y);
}
