using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace NeuralDigits;

/// <summary>Asks for memory that is needed soon. Rows are visited in random order, so no hardware guesses the next one.</summary>
internal static class Prefetch
{
    private const int BytesPerLine = 64;

    /// <summary>Starts to bring values into the second-level cache. A hint: without an instruction for it, nothing happens.</summary>
    public static unsafe void Values<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        if (!Sse.IsSupported)
            return;

        // Unpinned is fine: whatever lies at the address by then, a hint reads nothing.
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(values);
        void* first = Unsafe.AsPointer(ref MemoryMarshal.GetReference(bytes));
        for (int i = 0; i < bytes.Length; i += BytesPerLine)
            Sse.Prefetch1((byte*)first + i);
    }
}
