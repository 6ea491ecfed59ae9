using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NeuralDigits;

/// <summary>The operations by which a store changes the disk, so that a test can let each of them fail.</summary>
internal partial class StoreFiles
{
    // EACCES. A folder may be one to write into but not to read.
    private const int NotPermitted = 13;

    /// <summary>Makes a folder, and those on the way to it.</summary>
    public virtual void CreateFolder(string path) => Directory.CreateDirectory(path);

    /// <summary>Makes a file that must not be there yet.</summary>
    public virtual FileStream Create(string path) => new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);

    public virtual void Write(FileStream file, ReadOnlySpan<byte> content) => file.Write(content);

    /// <summary>Returns when the content is on the disk.</summary>
    public virtual void Flush(FileStream file) => file.Flush(flushToDisk: true);

    /// <summary>Returns when the names in a folder are on the disk: what was made in it, moved into it or out of it.</summary>
    /// <remarks>Only on Unix; Windows keeps a journal of names, and gives no such handle.</remarks>
    public virtual void FlushFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            return;

        // .NET opens no folders, but flushes one that is open.
        using var folder = new SafeFileHandle(OpenForReading(path, flags: 0), ownsHandle: true);
        int error = Marshal.GetLastPInvokeError();
        if (!folder.IsInvalid)
            RandomAccess.FlushToDisk(folder);
        else if (error != NotPermitted)
            throw new IOException($"The folder {path} cannot be opened: {new Win32Exception(error).Message}.");
    }

    /// <summary>Gives a folder a name that none with content has.</summary>
    public virtual void MoveFolder(string from, string to) => Directory.Move(from, to);

    /// <summary>Gives a file a name that another may have, which is replaced in one step.</summary>
    public virtual void ReplaceFile(string from, string to) => File.Move(from, to, overwrite: true);

    /// <summary>Deletes a folder with all it holds.</summary>
    public virtual void DeleteFolder(string path) => Directory.Delete(path, recursive: true);

    /// <summary>Opens a file that no other may open until this one is closed, or its process ends; closing it deletes it.</summary>
    public virtual FileStream Lock(string path, FileMode mode) =>
        new(path, mode, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint OpenForReading(string path, int flags);
}
