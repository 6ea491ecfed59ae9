using System.Globalization;

namespace NeuralDigits.Benchmarks;

/// <summary>Whether times on this machine are to be trusted.</summary>
/// <param name="Busy">The share of all cores' time that was used before the start, in percent; null if unknown.</param>
/// <param name="Slowed">The share of looks before the start in which a core was slower than at its best, in percent.</param>
internal sealed record Quietness(double? Busy, double Slowed)
{
    // What a system does by itself, and now and then an interrupt, stays below.
    private const double MostBusy = 4;
    private const double MostSlowed = 10;

    /// <summary>Watches the machine for some seconds, in which nothing else is to be measured.</summary>
    public static async Task<Quietness> MeasureAsync(CancellationToken cancellation) =>
        new(await MachineLoad.MeasureAsync(cancellation), await CoreSpeed.MeasureAsync(cancellation));

    public override string ToString()
    {
        string busy = Busy is { } share ? string.Create(CultureInfo.InvariantCulture, $"{share:F0} % busy before the start") : "load before the start unknown";
        string state = string.Create(CultureInfo.InvariantCulture, $"{busy}, cores slower than at their best in {Slowed:F0} % of looks");
        return Busy > MostBusy || Slowed > MostSlowed ? $"**WARNING: the machine was not quiet ({state}): measure again when it is**" : state;
    }
}
