namespace NeuralDigits.Benchmarks;

/// <summary>Scores all images at once, from their bytes.</summary>
internal sealed class BatchScoring(Network network, LabelledImages images) : InProcessContender
{
    public const int WarmUp = 5;
    public const int Runs = 25;

    private readonly float[] _activations = new float[images.Count * network.OutputCount];

    protected override double Measure(int threads, int round)
    {
        var scorer = new BatchScorer(network, threads);
        return MedianTime(WarmUp, Runs, () => scorer.Score(images.Pixels, _activations));
    }
}
