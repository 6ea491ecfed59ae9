using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace NeuralDigits;

/// <summary>Asks for memory that is needed soon and that no hardware guesses. A hint: without an instruction for it, nothing happens.</summary>
internal static class Prefetch
{
    private const int BytesPerLine = 64;

    /// <summary>Starts to bring values into the first-level cache: what is needed at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void IntoFirstLevel<T>(ReadOnlySpan<T> values)
        where T : unmanaged => Start(values, isNeededAtOnce: true);

    /// <summary>Starts to bring values into the second-level cache: what is needed after other things.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void IntoSecondLevel<T>(ReadOnlySpan<T> values)
        where T : unmanaged => Start(values, isNeededAtOnce: false);

    // Which of the two is known to the compiler, and the question vanishes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Start<T>(ReadOnlySpan<T> values, bool isNeededAtOnce)
        where T : unmanaged
    {
        // Unpinned is fine: whatever lies at the address by then, a hint reads nothing.
        byte* first = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(values));
        for (int i = 0; Sse.IsSupported && i < values.Length * sizeof(T); i += BytesPerLine)
        {
            if (isNeededAtOnce)
                Sse.Prefetch0(first + i);
            else
                Sse.Prefetch1(first + i);
        }
    }
}
