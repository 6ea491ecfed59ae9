using System.Text;

namespace NeuralDigits;

/// <summary>A value on the stack of a pickle. There are no others than these, and none of them does anything.</summary>
internal abstract class PickleValue
{
    /// <summary>What it is, for messages.</summary>
    public abstract string Words { get; }

    /// <summary>Whether it is this text, however its bytes are marked: in Python 2 text is bytes.</summary>
    public bool Is(string text) => this is PickleString { Content.Length: var length } value
        && length == text.Length && value.Content.Span.SequenceEqual(Encoding.ASCII.GetBytes(text));

    /// <summary>Whether it is this number; <see langword="false"/> counts as 0 and <see langword="true"/> as 1, as in Python.</summary>
    public bool Is(long number) => this is PickleNumber value && value.Number == number;
}

internal sealed class PickleNone : PickleValue
{
    public override string Words => "None";
}

/// <summary>A whole number or truth value.</summary>
internal sealed class PickleNumber(long number) : PickleValue
{
    public long Number { get; } = number;

    public override string Words => $"the number {Number}";
}

/// <summary>Text or bytes.</summary>
/// <param name="content">The bytes; of text, in UTF-8.</param>
/// <param name="isText">Whether it is text for certain. In Python 2, bytes may be text, too.</param>
internal sealed class PickleString(ReadOnlyMemory<byte> content, bool isText) : PickleValue
{
    private const int MostShown = 40;

    public ReadOnlyMemory<byte> Content { get; } = content;

    public bool IsText { get; } = isText;

    /// <summary>The text, if it is short and plain; else only how long it is.</summary>
    public string Text => IsPlain ? Encoding.ASCII.GetString(Content.Span) : $"({Content.Length} bytes)";

    public override string Words => IsPlain ? $"'{Text}'" : $"{Content.Length} bytes";

    private bool IsPlain => Content.Length <= MostShown && !Content.Span.ContainsAnyExceptInRange((byte)' ', (byte)'~');
}

internal sealed class PickleTuple(PickleValue[] items) : PickleValue
{
    public PickleValue[] Items { get; } = items;

    public override string Words => $"a tuple of {Items.Length}";
}

/// <summary>A name of something in a Python module, such as <c>numpy.dtype</c>: here no more than the name.</summary>
internal sealed class PickleGlobal(string name) : PickleValue
{
    public string Name { get; } = name;

    public override string Words => Name;
}
