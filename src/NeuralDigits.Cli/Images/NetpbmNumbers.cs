using System.Globalization;
using System.Text;

namespace NeuralDigits.Cli;

/// <summary>The numbers of a netpbm file, one after the other: decimal digits between white space and comments.</summary>
internal ref struct NetpbmNumbers(string path, ReadOnlySpan<byte> content, int start)
{
    private readonly ReadOnlySpan<byte> _content = content;
    private int _offset = start;

    /// <summary>The next number.</summary>
    /// <param name="what">What it is, for messages.</param>
    /// <param name="least">The least value accepted.</param>
    /// <param name="most">The greatest value accepted.</param>
    public int Next(string what, int least, int most)
    {
        SkipSpaceAndComments();
        ReadOnlySpan<byte> rest = _content[_offset..];
        int length = rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9') is >= 0 and int end ? end : rest.Length;
        if (!int.TryParse(rest[..length], NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number < least || number > most)
            throw Error(what, $"a number from {least} to {most}", rest.IsEmpty ? "the end" : $"'{Shown(rest)}'");
        _offset += length;
        return number;
    }

    /// <summary>Refuses a file that is shorter than what its header needs; known before memory is taken.</summary>
    public readonly void RequireBytes(long count)
    {
        if (_content.Length - _offset < count)
            throw Error("the pixels", $"at least {count} bytes", $"only {_content.Length - _offset}");
    }

    /// <summary>The bytes behind the single white space that ends the header.</summary>
    public ReadOnlySpan<byte> Raw(long count)
    {
        RequireBytes(count + 1);
        if (!IsSpace(_content[_offset]))
            throw Error("the header", "a white space at its end", $"'{Shown(_content[_offset..])}'");
        ReadOnlySpan<byte> raw = _content.Slice(_offset + 1, (int)count);
        _offset += 1 + raw.Length;
        return raw;
    }

    /// <summary>Refuses anything but white space and comments up to the end.</summary>
    public void RequireEnd()
    {
        SkipSpaceAndComments();
        if (_offset < _content.Length)
            throw Error("behind the pixels", "the end of the file", $"{_content.Length - _offset} bytes more");
    }

    public readonly InvalidDataException Error(string what, string expected, string found) =>
        new($"{path}, offset {_offset}, {what}: expected {expected}, found {found}.");

    private void SkipSpaceAndComments()
    {
        for (; _offset < _content.Length && (IsSpace(_content[_offset]) || _content[_offset] == '#'); _offset++)
        {
            if (_content[_offset] == '#' && _content[_offset..].IndexOfAny((byte)'\n', (byte)'\r') is var end)
                _offset = end < 0 ? _content.Length - 1 : _offset + end;
        }
    }

    private static bool IsSpace(byte value) => value is (byte)' ' or >= (byte)'\t' and <= (byte)'\r';

    // The word that starts here, or the first byte where it is none.
    private static string Shown(ReadOnlySpan<byte> rest)
    {
        int end = rest.IndexOfAnyExceptInRange((byte)'!', (byte)'~');
        return end == 0 ? $"0x{rest[0]:X2}" : Encoding.ASCII.GetString(rest[..Math.Min(end < 0 ? rest.Length : end, 8)]);
    }
}
