namespace NeuralDigits.Benchmarks;

/// <summary>Trains on images as they are, in bytes, and times the epochs after the first.</summary>
/// <param name="images">The training images.</param>
/// <param name="options">How to train; the number of epochs is the number of timed ones.</param>
internal sealed class TrainingEpochs(LabelledImages images, TrainingOptions options) : InProcessContender
{
    private const int WarmUp = 1;

    protected override double Measure(int threads, int round)
    {
        TrainingResult result = StochasticGradientDescent.Train(
            new ImageExamples(images), null, options with { Epochs = WarmUp + options.Epochs, Threads = threads, Seed = round });
        return result.History.Skip(WarmUp).Select(epoch => epoch.Elapsed.TotalSeconds).Median();
    }
}
