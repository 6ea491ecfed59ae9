using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NeuralDigits.Tests;

/// <summary>A page filled with one byte before one that no one may read: who reads beyond the end does not come back. For Linux.</summary>
internal sealed partial class GuardedMemory : IDisposable
{
    private const int ReadAndWrite = 1 | 2;
    private const int Private = 2;
    private const int Anonymous = 0x20;

    private readonly nint _size = Environment.SystemPageSize;
    private readonly nint _address;

    public GuardedMemory(byte filling)
    {
        _address = Map(0, 2 * _size, ReadAndWrite, Private | Anonymous, -1, 0);
        if (_address == -1 || Protect(_address + _size, _size, 0) != 0)
            throw new Win32Exception();
        Span<byte> page = MemoryMarshal.CreateSpan(ref Unsafe.AddByteOffset(ref Unsafe.NullRef<byte>(), _address), (int)_size);
        page.Fill(filling);
    }

    /// <summary>The last values of the page.</summary>
    public ReadOnlySpan<T> Last<T>(int count)
        where T : unmanaged => MemoryMarshal.CreateReadOnlySpan(ref Unsafe.AddByteOffset(ref Unsafe.NullRef<T>(), _address + _size - (count * Unsafe.SizeOf<T>())), count);

    public void Dispose() => _ = Unmap(_address, 2 * _size);

    [DllImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static extern nint Map(nint address, nint length, int protection, int flags, int file, nint offset);

    [DllImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static extern int Protect(nint address, nint length, int protection);

    [DllImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static extern int Unmap(nint address, nint length);
}
