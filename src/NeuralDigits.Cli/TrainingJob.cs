using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using NeuralDigits.ML;

namespace NeuralDigits.Cli;

/// <summary>Trains through ML.NET, evaluates, and puts the files of the model together.</summary>
internal sealed class TrainingJob(DataSet data, SigmoidMlpTrainer.Options options, EpochReporter progress, CommandEnvironment environment)
{
    private const int SelfTestCount = 3;

    private readonly MLContext _mlContext = new(options.Seed);

    /// <summary>Trains, evaluates, and puts the files together.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="version">The model's version.</param>
    /// <param name="builder">Who trains it, as a URI.</param>
    /// <param name="gate">What it has to reach.</param>
    /// <param name="force">Whether it is to be published even if it does not.</param>
    /// <exception cref="CheckFailedException">It does not reach what it has to, and is not forced.</exception>
    public ModelContent Run(string name, string version, string builder, QualityGate gate, bool force)
    {
        Announce();
        _mlContext.Log += (_, entry) => PassOn(entry);
        IDataView training = _mlContext.Data.LoadFromImages(data.Training);
        SigmoidMlpTransformer transformer = Fit(training);
        Model model = transformer.Model.ToModel();

        EvaluationResult evaluation = Evaluator.Evaluate(model.Network, new ImageExamples(data.Test), Cost.Quadratic, options.Threads);
        EvaluationReport.WriteHeadline(environment.Output, evaluation);
        IReadOnlyList<string> failed = gate.Check(evaluation, data.Test, model.Labels, options.Threads, environment.Output);
        if (failed.Count > 0 && !force)
            throw new CheckFailedException($"{string.Join(" ", failed)} Nothing was published; --force would publish it, and say so in the manifest.");
        foreach (string check in failed)
            environment.Error.WriteLine($"warning: published by force: {check}");

        var otherForms = new Dictionary<string, byte[]>
        {
            [ExportForm.Onnx.PublishedName] = OnnxFile.Write(model),
            [ExportForm.Zip.PublishedName] = MlNetFile.Write(_mlContext, transformer, training.Schema),
        };
        ModelManifest manifest = Describe(name, version, builder, model, evaluation, gate.Describe(failed));
        return ModelContent.Create(manifest, model, evaluation, progress.History, otherForms);
    }

    /// <summary>Trains, and no more.</summary>
    public Model Train()
    {
        Announce();
        return Fit(_mlContext.Data.LoadFromImages(data.Training)).Model.ToModel();
    }

    private void Announce() => environment.Error.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"network [{data.Training.PixelsPerImage}, {string.Concat(options.HiddenLayers.Select(size => $"{size}, "))}{data.Training.ClassCount}], " +
        $"{options.Epochs} epochs, mini-batch {options.MiniBatchSize}, learning rate {options.LearningRate}, " +
        $"{InitializationNames.Of(options.Initialization)} initialization, {Augmented}seed {options.Seed}, {options.Threads} threads"));

    private string Augmented =>
        options.Augmentation == Augmentation.None ? "" : $"{AugmentationNames.Of(options.Augmentation)} augmentation, ";

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
        return transformer.WithInputScaling(Model.PixelScaling);
    }

    private ModelManifest Describe(string name, string version, string builder, Model model, EvaluationResult evaluation, ManifestGate gate) => new()
    {
        SchemaVersion = ModelManifest.CurrentSchemaVersion,
        Name = name,
        Version = version,
        Sizes = model.Network.Sizes,
        Activation = ModelFile.Activation,
        Labels = model.Labels,
        InputScaling = model.InputScaling,
        Training = new ManifestTraining
        {
            Cost = Cost.Quadratic.Name,
            Initialization = options.Initialization,
            Epochs = options.Epochs,
            MiniBatchSize = options.MiniBatchSize,
            LearningRate = options.LearningRate,
            Seed = options.Seed!.Value,
            Augmentation = options.Augmentation,
        },
        Data = new ManifestData
        {
            Name = data.Name,
            Generator = data.Generator,
            Form = data.Form,
            Training = ManifestImages.Of(data.Training),
            Validation = ManifestImages.Of(data.Validation),
            Test = ManifestImages.Of(data.Test),
            Split = ManifestSplit.Of(data.Split),
            TestSplit = data.TestSplit is { } split ? ManifestSplit.Of(split) : null,
        },
        Metrics = ManifestMetrics.Of(evaluation),
        Gate = gate,
        Provenance = environment.Origin() with { Builder = builder },
        SelfTest = [.. Enumerable.Range(0, Math.Min(SelfTestCount, data.Test.Count)).Select(image => SelfTest(model, data.Test.Image(image)))],
        Files = [],
    };

    private static ManifestSelfTest SelfTest(Model model, ReadOnlySpan<byte> pixels)
    {
        var scores = new float[model.Network.OutputCount];
        Scores.Normalize(new ForwardPass(model.Network).Run(pixels), scores);
        return new ManifestSelfTest { Pixels = pixels.ToArray(), Scores = scores };
    }
}
