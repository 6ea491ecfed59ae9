using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using NeuralDigits.ML;

namespace NeuralDigits.Cli;

/// <summary>Trains through ML.NET, evaluates, and puts the files of the model together.</summary>
internal sealed class TrainingJob(DataSet data, SigmoidMlpTrainer.Options options, EpochReporter progress, CommandEnvironment environment)
{
    private const int SelfTestCount = 3;

    private readonly MLContext _mlContext = new(options.Seed);

    public ModelContent Run(string name, string version, double? minAccuracy)
    {
        Announce();
        _mlContext.Log += (_, entry) => PassOn(entry);
        IDataView training = _mlContext.Data.LoadFromImages(data.Training);
        SigmoidMlpTransformer transformer = Fit(training);
        Model model = ModelOf(transformer);

        EvaluationResult evaluation = Evaluator.Evaluate(model.Network, new ImageExamples(data.Test), Cost.Quadratic, options.Threads);
        EvaluationReport.WriteHeadline(environment.Output, evaluation);
        AccuracyFloor.Check(evaluation, minAccuracy);

        var otherForms = new Dictionary<string, byte[]>
        {
            [ExportForm.Onnx.PublishedName] = OnnxFile.Write(model),
            [ExportForm.Zip.PublishedName] = MlNetFile.Write(_mlContext, transformer, training.Schema),
        };
        return ModelContent.Create(Describe(name, version, model, evaluation), model, evaluation, progress.History, otherForms);
    }

    /// <summary>Trains, and no more.</summary>
    public Model Train()
    {
        Announce();
        return ModelOf(Fit(_mlContext.Data.LoadFromImages(data.Training)));
    }

    private static Model ModelOf(SigmoidMlpTransformer transformer) =>
        new(transformer.Model.Network, transformer.Model.Labels, Model.PixelScaling);

    private void Announce() => environment.Error.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"network [{data.Training.PixelsPerImage}, {string.Concat(options.HiddenLayers.Select(size => $"{size}, "))}{data.Training.ClassCount}], " +
        $"{options.Epochs} epochs, mini-batch {options.MiniBatchSize}, learning rate {options.LearningRate}, " +
        $"{InitializationNames.Of(options.Initialization)} initialization, seed {options.Seed}, {options.Threads} threads"));

    private void PassOn(LoggingEventArgs entry)
    {
        if (entry.Kind == ChannelMessageKind.Warning)
            progress.Warn(entry.RawMessage);
    }

    private SigmoidMlpTransformer Fit(IDataView training)
    {
        SigmoidMlpTransformer transformer = _mlContext.MulticlassClassification.Trainers.SigmoidMlp(options)
            .Fit(training, _mlContext.Data.LoadFromImages(data.Validation));
        progress.End();
        return transformer;
    }

    private ModelManifest Describe(string name, string version, Model model, EvaluationResult evaluation) => new(
        ModelManifest.CurrentSchemaVersion,
        name,
        version,
        model.Network.Sizes,
        "sigmoid",
        model.Labels,
        model.InputScaling,
        new ManifestTraining(
            Cost.Quadratic.Name, options.Initialization, options.Epochs, options.MiniBatchSize, options.LearningRate, options.Seed!.Value),
        new ManifestData(data.Name, Describe(data.Training), Describe(data.Validation), Describe(data.Test)),
        new ManifestMetrics(evaluation.Accuracy, evaluation.Correct, evaluation.Count, evaluation.Cost),
        new ManifestProvenance(
            ToolVersion.ForModels(environment.ToolVersion),
            ToolVersion.Commit(environment.ToolVersion),
            RuntimeInformation.FrameworkDescription,
            new Dictionary<string, string> { ["Microsoft.ML"] = PackageVersion(typeof(MLContext)) }),
        [.. Enumerable.Range(0, Math.Min(SelfTestCount, data.Test.Count)).Select(image => SelfTest(model, data.Test.Image(image)))],
        Files: []);

    /// <summary>What a manifest says of a set of images.</summary>
    public static ManifestImages Describe(LabelledImages images) => new(images.Count, images.ImagesSha256, images.LabelsSha256);

    private static ManifestSelfTest SelfTest(Model model, ReadOnlySpan<byte> pixels)
    {
        var scores = new float[model.Network.OutputCount];
        Scores.Normalize(new ForwardPass(model.Network).Run(pixels), scores);
        return new ManifestSelfTest(pixels.ToArray(), scores);
    }

    private static string PackageVersion(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
