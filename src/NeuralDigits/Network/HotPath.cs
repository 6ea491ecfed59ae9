using System.Runtime.CompilerServices;

namespace NeuralDigits;

/// <summary>
/// Marks what runs for every mini-batch or row: it is compiled well at its first call. Otherwise the runtime would run it
/// slowly for its first tenths of a second, and compile it again and again: longer than many a training takes.
/// </summary>
internal static class HotPath
{
    public const MethodImplOptions Code = MethodImplOptions.AggressiveOptimization;

    /// <summary>Also kept out of its callers, whose variables would take its registers.</summary>
    public const MethodImplOptions Kernel = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;
}
