using System.Globalization;

namespace NeuralDigits.Benchmarks;

/// <summary>How busy the machine is with other things.</summary>
internal static class MachineLoad
{
    private const string ProcessorTimes = "/proc/stat";
    private const int IdleColumn = 3;
    private const int WaitingForDiskColumn = 4;

    private static readonly TimeSpan Watch = TimeSpan.FromSeconds(2);

    /// <summary>The share of all cores' time that was used during two seconds, in percent; null where the system does not tell.</summary>
    public static async Task<double?> MeasureAsync(CancellationToken cancellation)
    {
        if (!File.Exists(ProcessorTimes))
            return null;
        (long idleBefore, long allBefore) = Read();
        await Task.Delay(Watch, cancellation);
        (long idle, long all) = Read();
        return 100 * (1 - ((double)(idle - idleBefore) / Math.Max(all - allBefore, 1)));
    }

    // "cpu", then the ticks spent in each state: user, nice, system, idle, waiting for a disk, ...
    private static (long Idle, long All) Read()
    {
        string[] columns = File.ReadLines(ProcessorTimes).First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        long[] ticks = [.. columns[1..].Select(text => long.Parse(text, CultureInfo.InvariantCulture))];
        return (ticks[IdleColumn] + ticks[WaitingForDiskColumn], ticks.Sum());
    }
}
