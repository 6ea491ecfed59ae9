namespace NeuralDigits.Benchmarks;

/// <summary>ONNX Runtime scores one image after the other, each a run of its own. The time is that of one.</summary>
internal sealed class OnnxRow(Network network, LabelledImages images) : InProcessContender
{
    private readonly float[] _features = new float[images.Count * images.PixelsPerImage];

    public override IReadOnlyList<int> ThreadCounts { get; } = [1];

    protected override double Measure(int threads, int round)
    {
        Pixel.ToFeatures(images.Pixels.Span, _features);
        using var session = new OnnxSession(network, rows: 1, threads);
        return MedianTime(RowScoring.WarmUp, RowScoring.Runs, () => ScoreAll(session)) / images.Count;
    }

    private void ScoreAll(OnnxSession session)
    {
        for (int image = 0; image < images.Count; image++)
        {
            _features.AsSpan(image * images.PixelsPerImage, images.PixelsPerImage).CopyTo(session.Features);
            session.Run();
        }
    }
}
