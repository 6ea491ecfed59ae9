namespace NeuralDigits;

/// <summary>
/// The bytes of a data file, uncompressed, read once from front to back. What the file says about its own length and checksum is held
/// against what it declares (before memory is taken) and against what it delivers (afterwards).
/// </summary>
internal abstract class ByteSource : IDisposable
{
    private readonly long _fileLength;

    protected ByteSource(string path, FileStream file)
    {
        Path = path;
        File = file;
        _fileLength = file.Length;
    }

    /// <summary>The file as the caller named it.</summary>
    public string Path { get; }

    /// <summary>How many uncompressed bytes were read so far.</summary>
    public long Position { get; private set; }

    /// <summary>
    /// How many uncompressed bytes the file says that it has; gzip says it modulo 2^32. <see cref="RequireLength"/> says whether it can.
    /// </summary>
    public abstract long DeclaredLength { get; }

    protected FileStream File { get; }

    /// <summary>
    /// Opens a file, gzipped or not. The first two bytes decide, never the name: browsers and mirrors unpack <c>.gz</c> files without
    /// renaming them.
    /// </summary>
    /// <exception cref="InvalidDataException">It is no regular file with content, or its gzip header is malformed.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static ByteSource Open(string path)
    {
        FileStream file = RegularFile.Open(path);
        try
        {
            Span<byte> start = stackalloc byte[2];
            bool isGzip = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == 2 && start is [0x1F, 0x8B];
            file.Position = 0;
            return isGzip ? new GzipSource(path, file) : new PlainSource(path, file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Words for a position in the uncompressed bytes.</summary>
    public abstract string Place(long offset);

    /// <summary>Refuses a file that cannot hold exactly <paramref name="length"/> bytes; known before they are read.</summary>
    public abstract void RequireLength(long length);

    /// <summary>Refuses a file that goes on after what was read, whose checksum disagrees, or that changed meanwhile.</summary>
    public void RequireEnd()
    {
        RequireContentEnd();
        if (File.Length != _fileLength)
        {
            throw Malformed.Data(
                Path, $"offset {_fileLength}", $"{_fileLength} bytes in the file, as when it was opened", $"{File.Length}",
                "The file changed while it was read.");
        }
    }

    /// <summary>Is shown all bytes in order, possibly on another thread than the one that reads.</summary>
    public virtual void Observe(ReadOnlySpan<byte> bytes)
    {
    }

    /// <summary>Reads until the span is full or the bytes end.</summary>
    /// <returns>How many bytes were read.</returns>
    public int ReadUpTo(Span<byte> destination)
    {
        int filled = 0;
        while (filled < destination.Length && Read(destination[filled..]) is > 0 and int count)
            filled += count;
        Position += filled;
        return filled;
    }

    public virtual void Dispose() => File.Dispose();

    /// <summary>Refuses what goes on after what was read, or whose checksum disagrees.</summary>
    protected abstract void RequireContentEnd();

    /// <summary>Reads some bytes; none only at the end.</summary>
    protected abstract int Read(Span<byte> destination);
}
