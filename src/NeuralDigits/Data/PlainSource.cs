namespace NeuralDigits;

/// <summary>An uncompressed file.</summary>
internal sealed class PlainSource(string path, FileStream file) : ByteSource(path, file)
{
    public override long DeclaredLength { get; } = file.Length;

    public override string Place(long offset) => $"offset {offset}";

    public override void RequireLength(long length)
    {
        if (DeclaredLength < length)
        {
            throw Malformed.Data(
                Path, Place(DeclaredLength), $"{length} bytes, as its header declares", $"only {DeclaredLength}", "The file was cut short.");
        }

        if (DeclaredLength > length)
        {
            throw Malformed.Data(
                Path, Place(length), $"the end after {length} bytes, as its header declares", $"{DeclaredLength - length} more",
                "Something was appended, or the header is wrong.");
        }
    }

    // What comes behind was refused with the length.
    protected override void RequireContentEnd()
    {
    }

    protected override int Read(Span<byte> destination) => File.Read(destination);
}
