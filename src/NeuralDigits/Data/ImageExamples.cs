namespace NeuralDigits;

/// <summary>Images as examples: a feature for each pixel, see <see cref="Pixel"/>. The pixels stay bytes.</summary>
/// <param name="images">The images; nothing is copied.</param>
public sealed class ImageExamples(LabelledImages images)
    : ExampleSet(images?.Count ?? throw new ArgumentNullException(nameof(images)), images.PixelsPerImage, images.ClassCount)
{
    /// <inheritdoc/>
    public override int Label(int row) => images.Labels.Span[row];

    /// <inheritdoc/>
    public override float Weight(int row) => 1;

    internal override SparseRow Row(int row, SparseRowBuffer buffer) => buffer.FromPixels(images.Image(row));

    internal override void PrefetchRow(int row) => Prefetch.Values(images.Image(row));

    private protected override double MeasureDensity() => 1 - ((double)images.Pixels.Span.Count((byte)0) / images.Pixels.Length);
}
