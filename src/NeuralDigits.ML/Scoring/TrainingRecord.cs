using System.Globalization;

namespace NeuralDigits.ML;

/// <summary>How a network was trained.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Epoch">The epoch, from 0, after which the network is.</param>
/// <param name="Hyperparameters">The options that decide about the result, by name.</param>
/// <param name="History">What was known after each epoch.</param>
internal sealed record TrainingRecord(
    int Seed, int Epoch, IReadOnlyDictionary<string, string> Hyperparameters, IReadOnlyList<EpochSummary> History)
{
    public static TrainingRecord Of(TrainingResult result, TrainingOptions options, double validationFraction)
    {
        string initialization = options.InitialNetwork is null ? options.Initialization.ToString() : "ModelParameters";
        var hyperparameters = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [nameof(options.Epochs)] = Text(options.Epochs),
            [nameof(options.MiniBatchSize)] = Text(options.MiniBatchSize),
            [nameof(options.LearningRate)] = Text(options.LearningRate),
            [nameof(options.Initialization)] = initialization,
            [nameof(SigmoidMlpTrainer.Options.ValidationFraction)] = Text(validationFraction),
        };
        if (options.Augmentation != Augmentation.None)
            hyperparameters.Add(nameof(options.Augmentation), options.Augmentation.ToString());
        int epoch = result.WasCancelled ? result.BestEpoch : result.History[^1].Epoch;
        return new TrainingRecord(options.Seed, epoch, hyperparameters, [.. result.History.Select(EpochSummary.Of)]);
    }

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
