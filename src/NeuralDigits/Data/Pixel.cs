namespace NeuralDigits;

/// <summary>How a pixel becomes a feature: the one place that scales inputs.</summary>
public static class Pixel
{
    // Division, unlike multiplication by the rounded 1/255, gives the float nearest to the quotient.
    private static readonly float[] Features = [.. Enumerable.Range(0, 256).Select(pixel => pixel / 255f)];

    /// <summary>The feature pixel / 255, from 0 (paper) to 1 (full ink).</summary>
    /// <param name="pixel">A grey value from 0 to 255.</param>
    public static float ToFeature(byte pixel) => Features[pixel];
}
