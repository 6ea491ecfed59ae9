using System.Runtime.CompilerServices;

namespace NeuralDigits;

/// <summary>Rows of pixels, each read as the feature that <see cref="Pixel"/> makes of it. They stay bytes.</summary>
/// <param name="pixels">[rows, width], row-major.</param>
/// <param name="width">The pixels of a row.</param>
internal sealed class PixelRows(ReadOnlyMemory<byte> pixels, int width) : InputRows(pixels.Length / width, width)
{
    public override bool MayBeLoadedTogether => true;

    [MethodImpl(HotPath.Code)]
    public override void Load(ReadOnlySpan<int> rows, SparseRows target) => target.Load(pixels.Span, rows);

    [MethodImpl(HotPath.Code)]
    public override void CopyTo(int row, Span<float> target) => Pixel.ToFeatures(Row(row), target[..Width]);

    [MethodImpl(HotPath.Code)]
    public override void PrefetchRow(int row) => Prefetch.IntoSecondLevel(Row(row));

    private protected override int CountNonZeros(int row) => Width - Row(row).Count((byte)0);

    private ReadOnlySpan<byte> Row(int row) => pixels.Span.Slice(row * Width, Width);
}
