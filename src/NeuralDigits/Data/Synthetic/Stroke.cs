namespace NeuralDigits;

/// <summary>What a pen leaves on the paper.</summary>
/// <param name="Width">The width of a line in pixels.</param>
/// <param name="Blur">Over how many pixels the ink fades at the edge of a line.</param>
/// <param name="Strength">The ink in the middle of a line, from 0 to 1.</param>
internal readonly record struct Stroke(double Width, double Blur, double Strength)
{
    /// <summary>The ink at a distance in pixels from the middle of a line.</summary>
    public double InkAt(double distance) => Strength * Math.Clamp((((Width / 2) - distance) / Blur) + 0.5, 0, 1);
}
