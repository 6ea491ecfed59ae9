using System.Globalization;

namespace NeuralDigits;

/// <summary>A form that is checked by its use: it is loaded, and gives the images of the manifest's self-test their scores.</summary>
public abstract class ScoredForm : ModelForm
{
    /// <inheritdoc />
    public override string CheckName => SelfTest;

    /// <summary>The largest difference to the scores of the manifest that is no fault: 0 where the arithmetic is the same.</summary>
    public virtual float Tolerance => 0;

    /// <summary>Loads the model, and gives it images.</summary>
    /// <param name="file">The content of the file.</param>
    /// <param name="images">The images; their labels mean nothing.</param>
    /// <exception cref="InvalidDataException">The content is not such a model, or takes other images.</exception>
    public abstract FormScores Score(ReadOnlyMemory<byte> file, LabelledImages images);

    /// <inheritdoc />
    public sealed override string Check(ReadOnlyMemory<byte> file, ModelDirectory published)
    {
        ArgumentNullException.ThrowIfNull(published);
        ModelManifest manifest = published.Manifest;
        string finding = SelfTestFinding(manifest);
        FormScores found = Score(file, SelfTestImages(manifest));
        return Difference(found, manifest) is { } difference ? throw new InvalidDataException(difference) : finding;
    }

    // One row each: the manifest knows how many pixels an image has, but not their rows. The labels play no part.
    private static LabelledImages SelfTestImages(ModelManifest manifest) => new(
        manifest.SelfTest.SelectMany(test => test.Pixels).ToArray(),
        new byte[manifest.SelfTest.Count],
        rows: 1,
        columns: manifest.Sizes[0],
        classCount: 1);

    private string? Difference(FormScores found, ModelManifest manifest)
    {
        if (!found.Labels.SequenceEqual(manifest.Labels))
            return $"its labels are {string.Join(", ", found.Labels)}; the manifest's are {string.Join(", ", manifest.Labels)}";
        float[] expected = [.. manifest.SelfTest.SelectMany(test => test.Scores)];
        if (found.Values.Count != expected.Length)
            return $"it gives {found.Values.Count} scores; expected {expected.Length}";

        // Written so that a NaN is a difference.
        int wrong = Array.FindIndex([.. expected.Zip(found.Values)], pair => !(Math.Abs(pair.First - pair.Second) <= Tolerance));
        if (wrong < 0)
            return null;
        (int image, int label) = Math.DivRem(wrong, manifest.Labels.Count);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"image {image} scores {found.Values[wrong]} as {manifest.Labels[label]}; the manifest says {expected[wrong]}");
    }
}

/// <summary>What a form of a model says of images.</summary>
/// <param name="Labels">The names of the classes.</param>
/// <param name="Values">[images, classes], row-major: scores that sum to 1 for each image.</param>
public sealed record FormScores(IReadOnlyList<string> Labels, IReadOnlyList<float> Values);
