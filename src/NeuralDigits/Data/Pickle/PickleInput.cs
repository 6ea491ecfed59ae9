using System.Text;

namespace NeuralDigits;

/// <summary>The bytes of a pickle, read once from front to back. No length in it is believed before it fits into the rest of the file.</summary>
internal sealed class PickleInput
{
    private const int BufferLength = 4 * 1024;
    private const int LongestName = 100;

    private readonly ByteSource _source;
    private readonly byte[] _buffer = new byte[BufferLength];
    private int _next;
    private int _filled;

    /// <summary>Begins at the first byte.</summary>
    /// <exception cref="InvalidDataException">The file is longer than it can be by its compressed size.</exception>
    public PickleInput(ByteSource source)
    {
        _source = source;
        Length = source.DeclaredLength;
        source.RequireLength(Length);
    }

    /// <summary>The number of bytes that the file declares.</summary>
    public long Length { get; }

    /// <summary>The offset of the next byte.</summary>
    public long Position { get; private set; }

    public byte ReadByte()
    {
        Require(1);
        if (_next == _filled)
            Fill();
        Position++;
        return _buffer[_next++];
    }

    /// <summary>A number of so many bytes, the lowest first, without a sign.</summary>
    public ulong ReadNumber(int bytes)
    {
        ulong number = 0;
        for (int i = 0; i < bytes; i++)
            number |= (ulong)ReadByte() << (8 * i);
        return number;
    }

    /// <summary>So many bytes.</summary>
    public byte[] ReadBytes(ulong count)
    {
        Require(count);
        byte[] bytes = GC.AllocateUninitializedArray<byte>((int)count);
        int buffered = Math.Min(bytes.Length, _filled - _next);
        _buffer.AsSpan(_next, buffered).CopyTo(bytes);
        _next += buffered;
        ReadSource(bytes.AsSpan(buffered));
        Position += bytes.Length;
        return bytes;
    }

    /// <summary>A name in ASCII that a line feed ends.</summary>
    public string ReadName()
    {
        var name = new StringBuilder();
        while (ReadByte() is var letter && letter != '\n')
        {
            if (letter is < (byte)' ' or > (byte)'~' || name.Length == LongestName)
                throw Refuse(Position - 1, $"a name of at most {LongestName} letters and a line feed", $"0x{letter:X2} behind '{name}'");
            name.Append((char)letter);
        }

        return name.ToString();
    }

    /// <summary>Refuses a file that goes on, or whose checksum disagrees.</summary>
    public void RequireEnd()
    {
        if (Position < Length)
            throw Refuse(Position, "the end of the file behind the pickle", $"{Length - Position} bytes more");
        _source.RequireEnd();
    }

    /// <summary>Refuses what is at an offset.</summary>
    public InvalidDataException Refuse(long offset, string expected, string found, string advice = "") =>
        Malformed.Data(_source.Path, _source.Place(offset), expected, found, advice);

    private void Require(ulong count)
    {
        if (count > (ulong)(Length - Position) || count > (ulong)Array.MaxLength)
            throw Refuse(Position, $"{count} bytes", $"the end after {Length - Position}", "The file was cut short, or is damaged.");
    }

    private void Fill()
    {
        _next = 0;
        _filled = (int)Math.Min(_buffer.Length, Length - Position);
        ReadSource(_buffer.AsSpan(0, _filled));
    }

    private void ReadSource(Span<byte> bytes)
    {
        if (_source.ReadUpTo(bytes) < bytes.Length)
            throw Refuse(_source.Position, $"{Length} bytes, as the file declares", "the end", "The file was cut short.");
        _source.Observe(bytes);
    }
}
