using System.Security.Cryptography;

namespace NeuralDigits.Tests;

/// <summary>A few digits drawn: the same on every machine.</summary>
public static class ProbeDrawing
{
    /// <summary>Draws, and gives the SHA-256 of all pixels in lower-case hexadecimal.</summary>
    public static string Sha256OfPixels(int threads) =>
        Convert.ToHexStringLower(SHA256.HashData(SyntheticDigits.Draw(seed: 3, start: 0, count: 500, threads).Pixels.Span));
}
