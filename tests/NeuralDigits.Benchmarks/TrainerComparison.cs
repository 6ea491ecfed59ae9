using System.Globalization;
using Microsoft.ML;
using NeuralDigits.ML;

namespace NeuralDigits.Benchmarks;

/// <summary>Fits trainers to the training images of a data set, all with their defaults, and evaluates them on its test images.</summary>
internal static class TrainerComparison
{
    private const int Seed = 1;

    public static void Run(string folder, int runs, TextWriter output, TextWriter progress)
    {
        DataSetViews digits = new MLContext(Seed).Data.LoadMnist(folder);
        output.WriteLine($"{Machine.Description}. {Machine.VersionsOf(typeof(MLContext), typeof(SigmoidMlpTrainer))}.");
        output.WriteLine(FormattableString.Invariant(
            $"{digits.Training.GetRowCount():N0} training images, median of {runs} fit(s), lowest and highest in brackets."));
        output.WriteLine();
        output.WriteLine("| trainer, with its defaults | a fit | test accuracy |");
        output.WriteLine("|---|---|---|");
        foreach ((string name, Func<MLContext, IEstimator<ITransformer>> create) in Trainers)
            output.WriteLine(Measure(name, create, digits, runs, progress));
    }

    // A lambda each, so that every fit has a trainer and a context of its own.
    private static readonly (string Name, Func<MLContext, IEstimator<ITransformer>> Create)[] Trainers =
    [
        ("**SigmoidMlp**, 60 hidden neurons", ml => ml.MulticlassClassification.Trainers.SigmoidMlp()),
        ("**SigmoidMlp**, 100 hidden neurons", ml => ml.MulticlassClassification.Trainers.SigmoidMlp(hiddenNeurons: 100)),
        ("LbfgsMaximumEntropy", ml => ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy()),
        ("SdcaMaximumEntropy", ml => ml.MulticlassClassification.Trainers.SdcaMaximumEntropy()),
        ("OneVersusAll(AveragedPerceptron)",
            ml => ml.MulticlassClassification.Trainers.OneVersusAll(ml.BinaryClassification.Trainers.AveragedPerceptron())),
        ("LightGbm", ml => ml.MulticlassClassification.Trainers.LightGbm()),
    ];

    private static string Measure(
        string name, Func<MLContext, IEstimator<ITransformer>> create, DataSetViews digits, int runs, TextWriter progress)
    {
        var seconds = new List<double>();
        var accuracies = new List<double>();
        for (int run = 0; run < runs; run++)
        {
            var mlContext = new MLContext(Seed);
            long start = TimeProvider.System.GetTimestamp();
            ITransformer model = create(mlContext).Fit(digits.Training);
            seconds.Add(TimeProvider.System.GetElapsedTime(start).TotalSeconds);
            accuracies.Add(mlContext.MulticlassClassification.Evaluate(model.Transform(digits.Test)).MicroAccuracy);
            progress.WriteLine(FormattableString.Invariant($"{name}, run {run + 1}: {seconds[^1]:F1} s, {accuracies[^1]:P2}"));
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {seconds.Median():F1} s ({seconds.Min():F1} to {seconds.Max():F1}) | {100 * accuracies.Median():F2} % |");
    }
}
