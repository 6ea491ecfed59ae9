using System.Globalization;

namespace NeuralDigits.Benchmarks;

/// <summary>Whether times on this machine are to be trusted.</summary>
/// <param name="Busy">The share of all cores' time that was used before the start, in percent; null if unknown.</param>
/// <param name="Slowed">The share of looks, in percent, in which others slowed down a core.</param>
internal sealed record Quietness(double? Busy, double Slowed)
{
    private const double MostBusy = 4;
    private const double MostSlowed = 10;

    /// <summary>Watches the machine for some seconds, in which nothing else is to be measured.</summary>
    public static async Task<Quietness> MeasureAsync(CancellationToken cancellation) =>
        new(await MachineLoad.MeasureAsync(cancellation), CoreSpeed.Measure());

    public override string ToString()
    {
        string busy = Busy is { } share ? string.Create(CultureInfo.InvariantCulture, $"{share:F0} % busy") : "busy nobody knows how much";
        string state = string.Create(CultureInfo.InvariantCulture, $"{busy} before the start, its cores slowed down by others in {Slowed:F0} % of looks");
        return Busy > MostBusy || Slowed > MostSlowed ? $"**WARNING: the machine was {state}: measure again when it is quiet**" : state;
    }
}
