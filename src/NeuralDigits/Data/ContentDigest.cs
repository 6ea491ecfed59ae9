using System.Security.Cryptography;

namespace NeuralDigits;

/// <summary>
/// The checksums of a file, taken one chunk behind the reading and on another thread: they cost as much time as the decompression, and
/// nearly none when they run beside it.
/// </summary>
internal sealed class ContentDigest(ByteSource source) : IDisposable
{
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private Task _previous = Task.CompletedTask;

    /// <summary>Takes the next bytes, which must not change any more.</summary>
    public void Append(ReadOnlyMemory<byte> bytes)
    {
        _previous.Wait();
        _previous = Task.Run(() =>
        {
            _sha256.AppendData(bytes.Span);
            source.Observe(bytes.Span);
        });
    }

    /// <summary>SHA-256 of all bytes in lower-case hexadecimal. Once it is known, the source has observed all of them, too.</summary>
    public string Finish()
    {
        _previous.Wait();
        return Convert.ToHexStringLower(_sha256.GetHashAndReset());
    }

    public void Dispose()
    {
        _previous.Wait();
        _sha256.Dispose();
    }
}
