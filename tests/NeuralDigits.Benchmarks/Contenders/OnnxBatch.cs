namespace NeuralDigits.Benchmarks;

/// <summary>ONNX Runtime scores all images at once, from floats made ahead.</summary>
internal sealed class OnnxBatch(Network network, LabelledImages images) : InProcessContender
{
    // Runtimes add in another order; more than this is another network.
    private const float Tolerance = 1e-4f;

    protected override double Measure(int threads, int round)
    {
        using var session = new OnnxSession(network, images.Count, threads);
        Pixel.ToFeatures(images.Pixels.Span, session.Features);
        double seconds = MedianTime(BatchScoring.WarmUp, BatchScoring.Runs, session.Run);
        CheckAgreement(session.Activations);
        return seconds;
    }

    private void CheckAgreement(float[] activations)
    {
        var ours = new float[activations.Length];
        new BatchScorer(network, threads: 1).Score(images.Pixels, ours);
        float difference = ours.Zip(activations, (a, b) => Math.Abs(a - b)).Max();
        if (!(difference <= Tolerance))
            throw new InvalidOperationException(FormattableString.Invariant($"ONNX Runtime's activations differ from ours by {difference}."));
    }
}
