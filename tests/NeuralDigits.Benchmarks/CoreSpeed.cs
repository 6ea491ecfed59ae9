using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NeuralDigits.Benchmarks;

/// <summary>
/// Whether others use the machine's cores as well: programs of other virtual machines, which no system shows as load. Two that share a core
/// each get half of the instructions that it could start.
/// </summary>
internal static class CoreSpeed
{
    private const int Looks = 100;
    private const int Steps = 50_000;

    // Alone, a core needs the same time for the same instructions, but for interrupts and its clock.
    private const double Slowed = 1.2;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Looks at all cores for two seconds.</summary>
    /// <returns>In which share of the looks a core was slower than at its best, in percent. Where none is ever at its best, it is larger.</returns>
    public static double Measure()
    {
        var times = new TimeSpan[Environment.ProcessorCount][];
        Thread[] threads = [.. Enumerable.Range(0, times.Length).Select(core => new Thread(() => times[core] = Times()))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        TimeSpan best = times.SelectMany(all => all).Min();
        return 100.0 * times.SelectMany(all => all).Count(time => time > Slowed * best) / times.Sum(all => all.Length);
    }

    private static TimeSpan[] Times()
    {
        var times = new TimeSpan[Looks];
        ulong result = Work(1);
        for (int look = 0; look < Looks; look++)
        {
            Thread.Sleep(Pause);
            long start = Stopwatch.GetTimestamp();
            result = Work(result);
            times[look] = Stopwatch.GetElapsedTime(start);
        }

        // Nobody needs it, but what nobody reads is not computed.
        GC.KeepAlive(result);
        return times;
    }

    // Sums that do not wait for one another: as many instructions at a time as the core can start.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static ulong Work(ulong seed)
    {
        ulong a = seed, b = seed, c = seed, d = seed, e = seed, f = seed, g = seed, h = seed;
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

        return a ^ b ^ c ^ d ^ e ^ f ^ g ^ h;
    }
}
