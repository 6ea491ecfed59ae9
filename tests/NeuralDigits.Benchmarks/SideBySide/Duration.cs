using System.Globalization;

namespace NeuralDigits.Benchmarks;

/// <summary>Times as a person reads them.</summary>
internal static class Duration
{
    /// <summary>Three digits and the unit that suits them.</summary>
    /// <param name="seconds">The time, positive.</param>
    public static string Format(double seconds) => seconds switch
    {
        >= 1 => $"{Digits(seconds)} s",
        >= 1e-3 => $"{Digits(seconds * 1e3)} ms",
        _ => $"{Digits(seconds * 1e6)} µs",
    };

    /// <summary>A number with three digits, or all those before its point.</summary>
    /// <param name="value">The number, not negative.</param>
    public static string Digits(double value) =>
        value.ToString(value switch { >= 100 => "F0", >= 10 => "F1", _ => "F2" }, CultureInfo.InvariantCulture);
}
