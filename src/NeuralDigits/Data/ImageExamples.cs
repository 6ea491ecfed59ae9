using System.Runtime.CompilerServices;

namespace NeuralDigits;

/// <summary>Images as examples: a feature for each pixel, see <see cref="Pixel"/>. The pixels stay bytes.</summary>
/// <param name="images">The images; nothing is copied.</param>
public sealed class ImageExamples(LabelledImages images)
    : ExampleSet(images?.Count ?? throw new ArgumentNullException(nameof(images)), images.PixelsPerImage, images.ClassCount)
{
    /// <summary>The images.</summary>
    internal LabelledImages Images => images;

    internal override InputRows Inputs { get; } = new PixelRows(images.Pixels, images.PixelsPerImage);

    /// <inheritdoc/>
    [MethodImpl(HotPath.Code)]
    public override int Label(int row) => images.Labels.Span[row];

    /// <inheritdoc/>
    [MethodImpl(HotPath.Code)]
    public override float Weight(int row) => 1;
}
