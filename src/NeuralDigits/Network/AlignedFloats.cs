using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NeuralDigits;

/// <summary>Floats, zero at first, that start at a cache line and stay there: no vector load of theirs straddles two lines.</summary>
internal sealed class AlignedFloats
{
    /// <summary>Floats in a cache line of 64 bytes, and in the widest vector.</summary>
    public const int PerLine = 16;

    // A page: processors fetch lines behind those that are read, and would take them from another thread that writes there.
    private const int FreeBehind = 64 * PerLine;

    private readonly float[] _room;
    private readonly int _start;

    public AlignedFloats(int length)
    {
        // A pinned array is never moved, so the place found now stays aligned.
        _room = GC.AllocateArray<float>(checked(length + PerLine - 1 + FreeBehind), pinned: true);
        nint beyondLine = (Marshal.UnsafeAddrOfPinnedArrayElement(_room, 0) / sizeof(float)) % PerLine;
        _start = (int)((PerLine - beyondLine) % PerLine);
        Length = length;
    }

    public int Length { get; }

    // Rows are taken from it for every mini-batch: that they lie within the array is known without checking.
    public Span<float> Span
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => MemoryMarshal.CreateSpan(ref First, Length);
    }

    public ref float First
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_room), _start);
    }
}
