using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NeuralDigits;

/// <summary>What the instruction sets of this processor do not tell.</summary>
internal static class Processor
{
    // AMD's numbers, in the answer to CPUID 0 and in the family of CPUID 1.
    private const int AuthenticAmd = 0x68747541;
    private const int Zen4Family = 0x19;

    /// <summary>
    /// Whether it does two multiply-adds of 16 floats in a cycle. Zen 4 has AVX-512, but works on each half of a vector in turn: Agner Fog,
    /// The microarchitecture of Intel, AMD and VIA CPUs, chapter 24. A few of Intel's small processors do one in a cycle and are not told apart.
    /// </summary>
    public static bool HasWideMultiplyAdd { get; } = Vector512.IsHardwareAccelerated && !IsZen4();

    private static bool IsZen4()
    {
        if (!X86Base.IsSupported)
            return false;
        (_, int vendor, _, _) = X86Base.CpuId(0, 0);
        (int signature, _, _, _) = X86Base.CpuId(1, 0);
        int family = ((signature >> 8) & 0xF) + ((signature >> 20) & 0xFF);
        return vendor == AuthenticAmd && family == Zen4Family;
    }
}
