namespace NeuralDigits;

/// <summary>
/// A window on the compressed bytes of a file that tells whether a decoder ended with the window, before it or beyond it. The last byte is
/// handed out alone: a decoder that ends without having asked for it has left something over.
/// </summary>
internal sealed class CompressedBody(FileStream file, long length) : Stream
{
    /// <summary>The offset in the file behind the last byte.</summary>
    public long End { get; } = file.Position + length;

    /// <summary>How many bytes were not handed out.</summary>
    public long Remaining { get; private set; } = length;

    /// <summary>Whether more bytes were asked for than there are.</summary>
    public bool AskedBeyondEnd { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length { get; } = length;

    public override long Position
    {
        get => Length - Remaining;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        int most = (int)Math.Min(buffer.Length, Remaining > 1 ? Remaining - 1 : Remaining);
        int count = file.Read(buffer[..most]);
        Remaining -= count;
        AskedBeyondEnd |= count == 0;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
