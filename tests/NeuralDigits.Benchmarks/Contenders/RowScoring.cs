namespace NeuralDigits.Benchmarks;

/// <summary>Scores one image after the other from its bytes. The time is that of one.</summary>
internal sealed class RowScoring(Network network, LabelledImages images) : InProcessContender
{
    public const int WarmUp = 2;
    public const int Runs = 7;

    private readonly ForwardPass _forward = new(network);

    public override IReadOnlyList<int> ThreadCounts { get; } = [1];

    protected override double Measure(int threads, int round) => MedianTime(WarmUp, Runs, ScoreAll) / images.Count;

    private void ScoreAll()
    {
        for (int image = 0; image < images.Count; image++)
            _forward.Run(images.Image(image));
    }
}
