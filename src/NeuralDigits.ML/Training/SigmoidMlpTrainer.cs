using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace NeuralDigits.ML;

/// <summary>
/// The <see cref="IEstimator{TTransformer}"/> to predict one of several classes with a network of sigmoid neurons, trained by
/// mini-batch stochastic gradient descent.
/// </summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// To create this trainer, use `mlContext.MulticlassClassification.Trainers.SigmoidMlp(...)`.
///
/// ### Input and Output Columns
/// The input label column must be of key type, read as `uint` (use `MapValueToKey`); the input feature column must be a
/// vector of `float` of known size, dense or sparse.
///
/// | Output column name | Column type | Description |
/// | -- | -- | -- |
/// | `PredictedLabel` | key, with the values of the label | The class with the largest score; of equals, the first. |
/// | `Score` | vector of `float` | The score of each class, from 0 to 1; they sum to 1. |
///
/// Where a feature is NaN or infinite, the predicted label is missing and the scores are NaN.
///
/// ### Trainer Characteristics
/// |  |  |
/// | -- | -- |
/// | Machine learning task | Multiclass classification |
/// | Is normalization required? | Yes: features should lie near the range from 0 to 1 |
/// | Is caching required? | No: the input is read once |
/// | Required NuGet in addition to Microsoft.ML | NeuralDigits.ML |
/// | Exportable to ONNX | No |
///
/// ### Training Algorithm Details
/// Every neuron computes the sigmoid of its weighted inputs and its bias. The cost is quadratic, its gradient is found by
/// backpropagation, and after every mini-batch the parameters step down the mean gradient: chapters 1 and 2 of Michael
/// Nielsen's book [Neural Networks and Deep Learning](http://neuralnetworksanddeeplearning.com). The outputs are
/// independent of one another; divided by their sum they are the scores. The same seed and data give the same model, bit
/// for bit, on every machine.
///
/// Rows without a label are skipped; the log says how many. A feature that is NaN or infinite is refused.
/// ]]></format>
/// </remarks>
public sealed partial class SigmoidMlpTrainer : ITrainerEstimator<SigmoidMlpTransformer, SigmoidMlpModelParameters>
{
    private readonly IHost _host;
    private readonly Options _options;
    private readonly TrainingOptions _training;

    internal SigmoidMlpTrainer(IHostEnvironment environment, Options options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _host = environment.Register(nameof(SigmoidMlpTrainer));

        // Drawn here and not in Fit, so that a trainer gives the same model as often as it is fitted.
        _training = options.ToTrainingOptions(options.Seed ?? _host.Rand.Next());
    }

    /// <summary>What the trainer can do and what it needs.</summary>
    public TrainerInfo Info { get; } = MlNetInternals.CreateTrainerInfo(
        normalization: true, calibration: false, caching: false, supportValid: true, supportTest: false, supportIncrementalTrain: false);

    /// <summary>Trains a network.</summary>
    /// <param name="input">The training set.</param>
    /// <returns>The network, ready to score other data.</returns>
    /// <exception cref="ArgumentException">A column is missing or of the wrong type.</exception>
    /// <exception cref="InvalidDataException">A feature is not finite, or no row has a label.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    public SigmoidMlpTransformer Fit(IDataView input) => Fit(input, null);

    /// <summary>Trains a network, and evaluates it on other data after each epoch.</summary>
    /// <param name="trainingData">The training set.</param>
    /// <param name="validationData">
    /// The validation set: it steers nothing, but the log and <see cref="Options.Progress"/> tell how the network does on it. May be null.
    /// </param>
    /// <inheritdoc cref="Fit(IDataView)"/>
    public SigmoidMlpTransformer Fit(IDataView trainingData, IDataView? validationData)
    {
        ArgumentNullException.ThrowIfNull(trainingData);
        using IChannel log = _host.Start("Training");
        TrainingColumns columns = FindColumns(trainingData);
        TrainingColumns? validationColumns = validationData is null ? null : FindColumns(validationData);
        if (validationColumns is not null)
            columns.RequireSameIn(validationColumns);

        ExampleSet training = ExampleReader.Read(trainingData, columns, "training", log, _options.Cancellation);
        ExampleSet? validation = validationColumns is null
            ? null
            : ExampleReader.Read(validationData!, validationColumns, "validation", log, _options.Cancellation);
        log.Info(MessageSensitivity.None, string.Create(
            CultureInfo.InvariantCulture,
            $"Training on {training.Count} rows of {training.FeatureCount} features " +
            $"in {training.ClassCount} classes, seed {_training.Seed}"));
        TrainingResult result = StochasticGradientDescent.Train(
            training, validation, _training, new EpochLog(log, _training.Epochs, _options.Progress), _options.Cancellation);

        var parameters = new SigmoidMlpModelParameters(result.Network, columns.Classes, Model.NoScaling, _training.Seed);
        return new SigmoidMlpTransformer(parameters, columns.Features.Name);
    }

    /// <summary>The columns that the fitted transformer will put out, given those that go in.</summary>
    /// <exception cref="ArgumentException">A column is missing or of the wrong type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return TrainerSchemaShape.Output(inputSchema, _options.LabelColumnName, _options.FeatureColumnName);
    }

    private TrainingColumns FindColumns(IDataView data) =>
        TrainingColumns.Find(data.Schema, _options.LabelColumnName, _options.FeatureColumnName);
}
