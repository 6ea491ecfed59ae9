using NeuralDigits.ML;

#pragma warning disable IDE0130 // Here `using Microsoft.ML;` finds the extension methods, as it does ML.NET's own.
namespace Microsoft.ML;
#pragma warning restore IDE0130

/// <summary>Extension methods to create trainers of sigmoid networks.</summary>
public static class SigmoidMlpCatalog
{
    /// <summary>
    /// Create <see cref="SigmoidMlpTrainer"/>, which predicts one of several classes with a network of sigmoid neurons that has one hidden
    /// layer.
    /// </summary>
    /// <param name="catalog">The catalog, <c>mlContext.MulticlassClassification.Trainers</c>.</param>
    /// <param name="labelColumnName">The name of the label column, of key type.</param>
    /// <param name="featureColumnName">The name of the feature column, a vector of <see cref="float"/> of known size.</param>
    /// <param name="exampleWeightColumnName">
    /// The name of the column that says how much each row counts, a <see cref="float"/>; null if all count the same.
    /// </param>
    /// <param name="hiddenNeurons">The number of neurons in the hidden layer, at least 1.</param>
    /// <param name="epochs">How often the whole training set is gone through, at least 1.</param>
    /// <param name="miniBatchSize">The number of examples between two updates, at least 1.</param>
    /// <param name="learningRate">The learning rate: positive and finite.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    /// <example>
    /// <code language="csharp">
    /// using System.Globalization;
    /// using Microsoft.ML;
    ///
    /// var mlContext = new MLContext(seed: 1);
    /// var digits = mlContext.Data.LoadMnist("mnist");
    /// var trainer = mlContext.MulticlassClassification.Trainers.SigmoidMlp(epochs: 3);
    /// var model = trainer.Fit(digits.Training, digits.Validation);
    /// var metrics = mlContext.MulticlassClassification.Evaluate(model.Transform(digits.Test));
    /// Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Accuracy: {metrics.MicroAccuracy:F4}"));
    /// </code>
    /// </example>
    public static SigmoidMlpTrainer SigmoidMlp(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        string? exampleWeightColumnName = null,
        int hiddenNeurons = 60,
        int epochs = 30,
        int miniBatchSize = 10,
        float learningRate = 3) =>
        catalog.SigmoidMlp(new SigmoidMlpTrainer.Options
        {
            LabelColumnName = labelColumnName,
            FeatureColumnName = featureColumnName,
            ExampleWeightColumnName = exampleWeightColumnName,
            HiddenLayers = [hiddenNeurons],
            Epochs = epochs,
            MiniBatchSize = miniBatchSize,
            LearningRate = learningRate,
        });

    /// <summary>
    /// Create <see cref="SigmoidMlpTrainer"/> with advanced options, which predicts one of several classes with a network of sigmoid
    /// neurons.
    /// </summary>
    /// <param name="catalog">The catalog, <c>mlContext.MulticlassClassification.Trainers</c>.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    /// <example>
    /// Shows each epoch as it ends, stops at Ctrl+C with the best network so far, and says with which seed to repeat the training.
    /// <code language="csharp">
    /// using System.Globalization;
    /// using Microsoft.ML;
    /// using NeuralDigits;
    /// using NeuralDigits.ML;
    ///
    /// using var cancellation = new CancellationTokenSource();
    /// Console.CancelKeyPress += (_, pressed) =&gt;
    /// {
    ///     pressed.Cancel = true;
    ///     cancellation.Cancel();
    /// };
    /// var options = new SigmoidMlpTrainer.Options
    /// {
    ///     HiddenLayers = [100, 30],
    ///     Epochs = 3,
    ///     Seed = 7,
    ///     Progress = new EpochLines(),
    ///     Cancellation = cancellation.Token,
    /// };
    ///
    /// var mlContext = new MLContext();
    /// var digits = mlContext.Data.LoadMnist("mnist");
    /// var model = mlContext.MulticlassClassification.Trainers.SigmoidMlp(options).Fit(digits.Training, digits.Validation);
    /// Console.WriteLine(string.Create(
    ///     CultureInfo.InvariantCulture, $"Network of epoch {model.Model.Epoch + 1}, seed {model.Model.Seed}"));
    ///
    /// internal sealed class EpochLines : IProgress&lt;EpochReport&gt;
    /// {
    ///     public void Report(EpochReport value) =&gt; Console.WriteLine(string.Create(
    ///         CultureInfo.InvariantCulture, $"Epoch {value.Epoch + 1}: {value.Validation?.Accuracy:P1} in {value.Elapsed.TotalSeconds:F1} s"));
    /// }
    /// </code>
    /// </example>
    public static SigmoidMlpTrainer SigmoidMlp(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, SigmoidMlpTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new SigmoidMlpTrainer(MlNetInternals.EnvironmentOf(catalog), options);
    }
}
