using System.Globalization;
using System.Runtime.CompilerServices;
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
/// To create this trainer, use
/// [SigmoidMlp](xref:Microsoft.ML.SigmoidMlpCatalog.SigmoidMlp(Microsoft.ML.MulticlassClassificationCatalog.MulticlassClassificationTrainers,System.String,System.String,System.String,System.Int32,System.Int32,System.Int32,System.Single))
/// or [SigmoidMlp(Options)](xref:Microsoft.ML.SigmoidMlpCatalog.SigmoidMlp(Microsoft.ML.MulticlassClassificationCatalog.MulticlassClassificationTrainers,NeuralDigits.ML.SigmoidMlpTrainer.Options)),
/// as in `mlContext.MulticlassClassification.Trainers.SigmoidMlp()`.
///
/// ### Input and Output Columns
/// The input label column must be of key type, read as `uint` (use `MapValueToKey`); the input feature column must be a
/// vector of `float` of known size, dense or sparse; an example weight column, if any, must be a `float`.
///
/// | Output column name | Column type | Description |
/// | -- | -- | -- |
/// | `PredictedLabel` | key, with the values of the label | The class with the largest score; of equals, the first. |
/// | `Score` | vector of `float` | The score of each class, from 0 to 1; they sum to 1. |
/// | `Activations` | vector of `float` | Only if asked for by `AddActivationsColumn`: what the output neurons put out, each from 0 to 1. |
///
/// Scores are activations divided by their sum. They are not calibrated, but they sum to 1, as log-loss needs it. Activations tell
/// more: where all of them are near 0, the row is like none of the classes.
///
/// Where a feature is NaN or infinite, the predicted label is missing, and scores and activations are NaN.
///
/// ### Trainer Characteristics
/// |  |  |
/// | -- | -- |
/// | Machine learning task | Multiclass classification |
/// | Is normalization required? | Yes: features should lie near the range from 0 to 1 |
/// | Is caching required? | No: the input is read once |
/// | Required NuGet in addition to Microsoft.ML | NeuralDigits.ML |
/// | Exportable to ONNX | Yes, the network: `OnnxFile.Write(transformer.Model.ToModel())` or `neuraldigits export`. `ConvertToOnnx` refuses it. |
///
/// ### Training Algorithm Details
/// The network has the features as inputs, hidden layers, and an output neuron for each class. A neuron puts out
/// $a = \sigma(w \cdot x + b)$ with $\sigma(z) = 1 / (1 + e^{-z})$. The cost of an example $x$ whose class is $y$ (1 at the
/// output of its class, 0 at the others) is quadratic, $C_x = \frac{1}{2} \lVert y - a \rVert^2$.
///
/// Training goes through the examples in random order, a mini-batch of $m$ at a time, and after each steps down the mean of
/// its gradients by the learning rate $\eta$: $w \to w - \frac{\eta}{m} \sum_x \frac{\partial C_x}{\partial w}$, and $b$ alike. An
/// example's weight multiplies its gradient. The gradient is found by backpropagation of the errors $\delta$ of the layers, from the last
/// to the first:
///
/// $\delta^L = (a^L - y) \odot \sigma'(z^L)$,
/// $\delta^l = (w^{l+1})^T \delta^{l+1} \odot \sigma'(z^l)$,
/// $\partial C / \partial b^l = \delta^l$,
/// $\partial C / \partial w^l = \delta^l (a^{l-1})^T$.
///
/// See chapters 1 and 2 of Michael Nielsen's book [Neural Networks and Deep Learning](http://neuralnetworksanddeeplearning.com). The same
/// seed, options and rows give the same model, bit for bit, on every machine.
///
/// Rows without a label are skipped; the log says how many. A feature that is NaN or infinite is refused with its row.
///
/// Check the See Also section for links to usage examples.
/// ]]></format>
/// </remarks>
/// <seealso cref="SigmoidMlpCatalog"/>
/// <seealso cref="Options"/>
public sealed partial class SigmoidMlpTrainer : ITrainerEstimator<SigmoidMlpTransformer, SigmoidMlpModelParameters>
{
    private readonly IHost _host;
    private readonly Options _options;
    private readonly TrainingOptions _training;

    internal SigmoidMlpTrainer(IHostEnvironment environment, Options options)
    {
        ArgumentNullException.ThrowIfNull(options);

        // What is checked is what is used, whoever changes the options meanwhile.
        _options = options.Copy();
        _options.Validate();
        _host = environment.Register(nameof(SigmoidMlpTrainer));

        // Drawn here and not in Fit, so that a trainer gives the same model as often as it is fitted.
        _training = _options.ToTrainingOptions(_options.Seed ?? _host.Rand.Next());
    }

    /// <summary>What the trainer can do and what it needs.</summary>
    public TrainerInfo Info { get; } = MlNetInternals.CreateTrainerInfo(
        normalization: true, calibration: false, caching: false, supportValid: true, supportIncrementalTrain: true, supportTest: false);

    /// <summary>Trains a network.</summary>
    /// <param name="input">The training set. With <see cref="Options.ValidationFraction"/>, a part of it is only validated with.</param>
    /// <returns>The network, ready to score other data.</returns>
    /// <exception cref="ArgumentException">
    /// A column is missing or of the wrong type, the network would be too large, or the rows are no images and <see cref="Options.Augmentation"/>
    /// needs some.
    /// </exception>
    /// <exception cref="InvalidDataException">
    /// A feature or a weight is not finite, a weight is negative, or no row to learn from has a label and a weight above 0, or all that have
    /// are of one class.
    /// </exception>
    /// <exception cref="OperationCanceledException">The training was cancelled, see <see cref="Options.Cancellation"/>.</exception>
    /// <exception cref="TrainingDivergedException">The cost became NaN, or a parameter infinite.</exception>
    public SigmoidMlpTransformer Fit(IDataView input) => Train(input, null, null);

    /// <summary>Trains a network, and evaluates it on other data after each epoch.</summary>
    /// <param name="trainingData">The training set.</param>
    /// <param name="validationData">
    /// The validation set: it steers nothing, but the log and <see cref="Options.Progress"/> tell how the network does on it. May be null.
    /// </param>
    /// <inheritdoc cref="Fit(IDataView)"/>
    [OverloadResolutionPriority(1)] // Fit(data, null) means this one: the other takes no null.
    public SigmoidMlpTransformer Fit(IDataView trainingData, IDataView? validationData) => Train(trainingData, validationData, null);

    /// <summary>Trains a network further.</summary>
    /// <param name="trainingData">The training set.</param>
    /// <param name="modelParameters">
    /// What was learnt before; it is not changed. It must be of the shape that the training set and <see cref="Options.HiddenLayers"/> make,
    /// and for the same classes. <see cref="Options.Initialization"/> plays no part.
    /// </param>
    /// <exception cref="ArgumentException">
    /// A column is missing or of the wrong type, or the model parameters are of another shape or for other classes.
    /// </exception>
    /// <inheritdoc cref="Fit(IDataView)"/>
    public SigmoidMlpTransformer Fit(IDataView trainingData, SigmoidMlpModelParameters modelParameters) =>
        Fit(trainingData, null, modelParameters);

    /// <summary>Trains a network further, and evaluates it on other data after each epoch.</summary>
    /// <param name="trainingData">The training set.</param>
    /// <param name="validationData">The validation set, see <see cref="Fit(IDataView, IDataView)"/>. May be null.</param>
    /// <param name="modelParameters">What was learnt before, see <see cref="Fit(IDataView, SigmoidMlpModelParameters)"/>.</param>
    /// <inheritdoc cref="Fit(IDataView, SigmoidMlpModelParameters)"/>
    public SigmoidMlpTransformer Fit(IDataView trainingData, IDataView? validationData, SigmoidMlpModelParameters modelParameters)
    {
        ArgumentNullException.ThrowIfNull(modelParameters);
        return Train(trainingData, validationData, modelParameters);
    }

    /// <summary>The columns that the fitted transformer will put out, given those that go in.</summary>
    /// <exception cref="ArgumentException">A column is missing or of the wrong type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return TrainerSchemaShape.Output(inputSchema, _options);
    }

    private SigmoidMlpTransformer Train(IDataView trainingData, IDataView? validationData, SigmoidMlpModelParameters? start)
    {
        ArgumentNullException.ThrowIfNull(trainingData);
        using IChannel log = _host.Start("Training");
        using var cancellation = new TrainingCancellation(_host, _options.Cancellation);
        try
        {
            return Train(trainingData, validationData, start, log, cancellation.Token);
        }
        catch (OperationCanceledException exception) when (exception.CancellationToken == cancellation.Token)
        {
            throw cancellation.Explain(exception);
        }
    }

    private SigmoidMlpTransformer Train(
        IDataView trainingData, IDataView? validationData, SigmoidMlpModelParameters? start, IChannel log, CancellationToken cancellation)
    {
        TrainingColumns columns = FindColumns(trainingData, _options.ExampleWeightColumnName);
        columns.RequireRoomFor(_options.HiddenLayers);
        Network? startNetwork = start is null ? null : columns.RequireFitting(start, _options.HiddenLayers);
        TrainingOptions options = _training with { InitialNetwork = startNetwork };

        TrainingSets sets = ReadSets(trainingData, validationData, columns, log, cancellation);
        log.Info(MessageSensitivity.None, string.Create(
            CultureInfo.InvariantCulture,
            $"Training on {sets.Training.Count} rows of {columns.FeatureCount} features in {columns.Classes.Count} classes, seed {options.Seed}"));
        TrainingResult result = StochasticGradientDescent.Train(
            sets.Training, sets.Validation, options, new EpochLog(log, options.Epochs, _options.Progress), cancellation);
        if (result.WasCancelled)
            log.Warning(MessageSensitivity.None, $"Cancelled: the network is that of epoch {result.BestEpoch + 1}, the best so far.");
        else
            ReviewTraining(result, sets.Training, columns.Classes, options, log, cancellation);

        var record = TrainingRecord.Of(result, options, _options.ValidationFraction);
        var parameters = new SigmoidMlpModelParameters(
            new Model(result.Network, columns.Classes.Names, Model.NoScaling), columns.Classes, record);
        return new SigmoidMlpTransformer(parameters, columns.Features.Name, _options.AddActivationsColumn);
    }

    private static void ReviewTraining(
        TrainingResult result, ExampleSet training, ClassLabels classes, TrainingOptions options, IChannel log, CancellationToken cancellation)
    {
        var review = new TrainingReview(result, training, classes, options, log);
        review.WarnOfCost();
        try
        {
            review.WarnOfIdleOutputs(cancellation);
        }
        catch (OperationCanceledException) when (!options.ThrowOnCancellation)
        {
            // The training is over, only the warning is lost.
        }
    }

    private TrainingSets ReadSets(
        IDataView trainingData, IDataView? validationData, TrainingColumns columns, IChannel log, CancellationToken cancellation)
    {
        if (validationData is null)
            return TrainingSets.Read(trainingData, columns, _options.ValidationFraction, _training.Seed, log, cancellation);
        TrainingColumns validationColumns = FindColumns(validationData, weightName: null);
        columns.RequireSameIn(validationColumns);
        return TrainingSets.Read((trainingData, columns), (validationData, validationColumns), log, cancellation);
    }

    private TrainingColumns FindColumns(IDataView data, string? weightName) =>
        TrainingColumns.Find(data.Schema, _options.LabelColumnName, _options.FeatureColumnName, weightName);
}
