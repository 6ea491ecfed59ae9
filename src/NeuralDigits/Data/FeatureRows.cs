using System.Runtime.CompilerServices;

namespace NeuralDigits;

/// <summary>Rows of features as they are.</summary>
/// <param name="features">[rows, width], row-major.</param>
/// <param name="width">The features of a row.</param>
internal sealed class FeatureRows(ReadOnlyMemory<float> features, int width) : InputRows(features.Length / width, width)
{
    public override bool MayBeLoadedTogether => true;

    [MethodImpl(HotPath.Code)]
    public override void Load(ReadOnlySpan<int> rows, SparseRows target) => target.Load(features.Span, rows);

    [MethodImpl(HotPath.Code)]
    public override void CopyTo(int row, Span<float> target) => Row(row).CopyTo(target);

    [MethodImpl(HotPath.Code)]
    public override void PrefetchRow(int row) => Prefetch.IntoSecondLevel(Row(row));

    private protected override int CountNonZeros(int row) => Width - Row(row).Count(0f);

    private ReadOnlySpan<float> Row(int row) => features.Span.Slice(row * Width, Width);
}
