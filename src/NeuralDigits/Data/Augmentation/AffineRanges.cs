namespace NeuralDigits;

/// <summary>How far images are turned, stretched, slanted and moved at most, in both directions; what is drawn is equally likely within.</summary>
/// <param name="HalfTurn">The tangent of half the angle by which they are turned.</param>
/// <param name="Scale">By how much, of their length, they are stretched, across and down for themselves.</param>
/// <param name="Shear">How far a row is moved against the one above it, in pixels.</param>
/// <param name="Shift">How far all is moved, in pixels, across and down for themselves.</param>
internal readonly record struct AffineRanges(double HalfTurn, double Scale, double Shear, double Shift)
{
    /// <summary>
    /// Cireşan and others, 2010, turn by up to 15 degrees, or 7.5 where digits resemble others, and stretch by up to 15 to 20 %, for networks of
    /// millions of weights. Their smaller angle, half their stretch, as much of a slant, and a pixel suit networks of tens of thousands.
    /// </summary>
    public static AffineRanges Default { get; } = new(HalfTurn: 0.0655, Scale: 0.1, Shear: 0.1, Shift: 1);
}
