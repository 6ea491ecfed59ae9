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
    public static unsafe void IntoFirstLevel<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        byte* first = First(values);
        for (int i = 0; Sse.IsSupported && i < values.Length * sizeof(T); i += BytesPerLine)
            Sse.Prefetch0(first + i);
    }

    /// <summary>Starts to bring values into the second-level cache: what is needed after other things.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void IntoSecondLevel<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        byte* first = First(values);
        for (int i = 0; Sse.IsSupported && i < values.Length * sizeof(T); i += BytesPerLine)
            Sse.Prefetch1(first + i);
    }

    // Unpinned is fine: whatever lies at the address by then, a hint reads nothing.
    private static unsafe byte* First<T>(ReadOnlySpan<T> values)
        where T : unmanaged => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(values));
}
