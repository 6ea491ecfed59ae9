using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NeuralDigits.Benchmarks;

/// <summary>
/// Whether others use the machine's cores as well: programs of other virtual machines, which the system of this one does not show. Two that
/// share a core each get half of the instructions that it could start.
/// </summary>
internal static class CoreSpeed
{
    private const int Looks = 100;
    private const int Steps = 50_000;

    // Alone, a core needs the same time for the same instructions, but for interrupts and its clock.
    private const double Slowed = 1.2;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Looks for two seconds how fast a core is, whichever the system chooses.</summary>
    /// <returns>In which share of the looks it was slower than at its best, in percent: 0, too, where it is never at its best.</returns>
    public static async Task<double> MeasureAsync(CancellationToken cancellation)
    {
        var times = new TimeSpan[Looks];
        for (int look = 0; look < Looks; look++)
        {
            await Task.Delay(Pause, cancellation);

            // A core that has slept may need a moment to wake up.
            Work();
            times[look] = Work();
        }

        TimeSpan slow = Slowed * times.Min();
        return 100.0 * times.Count(time => time > slow) / Looks;
    }

    // Sums that do not wait for one another: as many instructions at a time as the core can start.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static TimeSpan Work()
    {
        long start = Stopwatch.GetTimestamp();
        ulong a = 1, b = 2, c = 3, d = 4, e = 5, f = 6, g = 7, h = 8;
        for (ulong left = Steps; left != 0; left--)
        {
            a += left;
            b ^= left;
            c -= left;
            d |= left;
            e += left;
            f ^= left;
            g -= left;
            h |= left;
        }

        // Nobody needs the sums, but what nobody reads is not computed.
        GC.KeepAlive(a ^ b ^ c ^ d ^ e ^ f ^ g ^ h);
        return Stopwatch.GetElapsedTime(start);
    }
}
