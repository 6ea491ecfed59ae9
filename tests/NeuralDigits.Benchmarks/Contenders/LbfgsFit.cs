using Microsoft.ML;
using Microsoft.ML.Trainers;
using NeuralDigits.ML;

namespace NeuralDigits.Benchmarks;

/// <summary>Fits ML.NET's LbfgsMaximumEntropy with its defaults.</summary>
internal sealed class LbfgsFit(DataSetViews digits) : InProcessContender
{
    /// <summary>The part of the test images that the last model reads rightly.</summary>
    public double Accuracy { get; private set; }

    protected override double Measure(int threads, int round)
    {
        var mlContext = new MLContext(round);
        var trainer = mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy(
            new LbfgsMaximumEntropyMulticlassTrainer.Options { NumberOfThreads = threads });
        long start = TimeProvider.System.GetTimestamp();
        var model = trainer.Fit(digits.Training);
        double seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        Accuracy = mlContext.MulticlassClassification.Evaluate(model.Transform(digits.Test)).MicroAccuracy;
        return seconds;
    }
}
