using Microsoft.ML;
using NeuralDigits.ML;

namespace NeuralDigits.Benchmarks;

/// <summary>
/// Fits this project's trainer with its defaults, evaluates it on the test images after each epoch, and stops at an accuracy. The time is
/// that of the whole fit: reading the data view, training, evaluating.
/// </summary>
/// <param name="digits">The data views.</param>
/// <param name="target">The accuracy, from 0 to 1, asked for when the work begins.</param>
internal sealed class FitToAccuracy(DataSetViews digits, Func<double> target) : InProcessContender
{
    protected override double Measure(int threads, int round)
    {
        using var stop = new CancellationTokenSource();
        var goal = new Goal(target(), stop);
        var options = new SigmoidMlpTrainer.Options { Seed = round, Threads = threads, Progress = goal, Cancellation = stop.Token };
        SigmoidMlpTrainer trainer = new MLContext(round).MulticlassClassification.Trainers.SigmoidMlp(options);
        double seconds = Time(() => trainer.Fit(digits.Training, digits.Test));
        return goal.IsReached ? seconds : throw new InvalidOperationException($"{options.Epochs} epochs did not reach {target():P2}.");
    }

    private sealed class Goal(double accuracy, CancellationTokenSource stop) : IProgress<EpochReport>
    {
        public bool IsReached { get; private set; }

        public void Report(EpochReport value)
        {
            if (value.Validation!.Accuracy < accuracy)
                return;
            IsReached = true;
            stop.Cancel();
        }
    }
}
