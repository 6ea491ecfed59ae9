using System.Security.Cryptography;

namespace NeuralDigits;

/// <summary>
/// A file on its way: what has come of it so far, with its SHA-256 as far. It lies beside the file to be, with <c>.partial</c> behind its name,
/// and may go on from where an earlier attempt or process was cut off.
/// </summary>
internal sealed class PartialFile : IDisposable
{
    private const int BufferLength = 64 * 1024;

    private readonly string _destination;
    private readonly FileStream _file;
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Opens what there is.</summary>
    /// <param name="destination">The path of the file to be.</param>
    /// <param name="resume">Whether to go on where an earlier attempt ended; else it starts anew.</param>
    /// <exception cref="DataUnavailableException">The file cannot be written.</exception>
    public PartialFile(string destination, bool resume)
    {
        _destination = destination;
        Path = destination + ".partial";
        Local(RequireEnd);
        _file = Local(() => new FileStream(
            Path, resume ? FileMode.OpenOrCreate : FileMode.Create, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));
        Local(Rehash);
        IsResumed = Length > 0;
    }

    /// <summary>Where it lies.</summary>
    public string Path { get; }

    /// <summary>How many bytes have come.</summary>
    public long Length { get; private set; }

    /// <summary>Whether some of the bytes are of an earlier attempt.</summary>
    public bool IsResumed { get; private set; }

    /// <summary>SHA-256 of the bytes that have come, in lower-case hexadecimal.</summary>
    public string Sha256 => Convert.ToHexStringLower(_sha256.GetCurrentHash());

    /// <summary>Forgets all that has come.</summary>
    public void Restart()
    {
        Local(() => _file.SetLength(0));
        _sha256.GetHashAndReset();
        (Length, IsResumed) = (0, false);
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _file.Write(bytes);
        }
        catch (IOException exception)
        {
            throw Unusable(exception);
        }

        _sha256.AppendData(bytes);
        Length += bytes.Length;
    }

    /// <summary>Lets others read it, as nothing more is to come.</summary>
    public void Close() => _file.Dispose();

    /// <summary>Gives the file its name. Not flushed to the disk first: one torn by a power failure is found by its checksum when it is used.</summary>
    public void Complete()
    {
        _file.Dispose();
        Local(() => File.Move(Path, _destination, overwrite: true));
    }

    /// <summary>Deletes what has come.</summary>
    public void Discard()
    {
        _file.Dispose();
        File.Delete(Path);
    }

    public void Dispose()
    {
        _file.Dispose();
        _sha256.Dispose();
    }

    // A pipe or device has no length, and might never end; nor is anything lost with an empty file.
    private void RequireEnd()
    {
        if (RegularFile.LengthOf(Path) == 0)
            File.Delete(Path);
    }

    private void Rehash()
    {
        var buffer = new byte[BufferLength];
        while (_file.Read(buffer) is > 0 and int count)
        {
            _sha256.AppendData(buffer, 0, count);
            Length += count;
        }
    }

    // A fault of this machine is none of the mirror's: another mirror would not do better.
    private void Local(Action act) => Local(() =>
    {
        act();
        return true;
    });

    private T Local<T>(Func<T> act)
    {
        try
        {
            return act();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unusable(exception);
        }
    }

    private DataUnavailableException Unusable(Exception cause) =>
        new($"The cache folder '{System.IO.Path.GetDirectoryName(Path)}' cannot be used: {cause.Message}", cause);
}
