namespace NeuralDigits.Tests;

/// <summary>A model of 2 x 2 pixels, complete with all that is published beside it.</summary>
internal static class TinyModel
{
    private static readonly ManifestProvenance Provenance = new()
    {
        Tool = "1.0.0",
        GitCommit = new string('c', 40),
        GitDirty = false,
        Sdk = "10.0.100",
        Runtime = ".NET 10.0.1",
        Machine = new ManifestMachine { Architecture = "X64", VectorBits = 256, InstructionSets = ["Avx2"] },
        Builder = ManifestProvenance.LocalBuilder,
        Packages = [new ManifestPackage { Name = "Some.Package", Version = "1.2.3", ContentHash = Convert.ToBase64String(new byte[64]) }],
    };

    public static ModelContent Create(string name = "tiny", string version = "1.0.0", int seed = 1, bool withOnnx = false)
    {
        byte[] pixels = [255, 0, 0, 0, 0, 255, 255, 0, 0, 0, 0, 9, 3, 0, 255, 0];
        var images = new LabelledImages(pixels, new byte[] { 0, 1, 0, 1 }, rows: 2, columns: 2, classCount: 2);
        var examples = new ImageExamples(images);
        TrainingResult training = StochasticGradientDescent.Train(examples, examples, new TrainingOptions { HiddenLayers = [3], Epochs = 2, Seed = seed });
        var model = new Model(training.Network, ["none", "some"], Model.PixelScaling);
        EvaluationResult evaluation = Evaluator.Evaluate(model.Network, examples, Cost.Quadratic, threads: 1);
        var scores = new float[2];
        Scores.Normalize(new ForwardPass(model.Network).Run(images.Image(0)), scores);
        var count = new ManifestImages { Count = 4, ImagesSha256 = null, LabelsSha256 = null };
        var manifest = new ModelManifest
        {
            SchemaVersion = ModelManifest.CurrentSchemaVersion,
            Name = name,
            Version = version,
            Sizes = model.Network.Sizes,
            Activation = "sigmoid",
            Labels = model.Labels,
            InputScaling = model.InputScaling,
            Training = new ManifestTraining
            {
                Cost = "quadratic",
                Initialization = WeightInitialization.Scaled,
                Epochs = 2,
                MiniBatchSize = 10,
                LearningRate = 3,
                Seed = seed,
            },
            Data = new ManifestData
            {
                Name = "tiny",
                Training = count,
                Validation = count,
                Test = count,
                Split = new ManifestSplit { Method = DataSplitMethod.Random, Seed = seed },
            },
            Metrics = ManifestMetrics.Of(evaluation),
            Gate = new ManifestGate { MinAccuracy = null, MaxRegression = 0.002, Baseline = null, Forced = false, FailedChecks = [] },
            Provenance = Provenance,
            SelfTest = [new ManifestSelfTest { Pixels = images.Image(0).ToArray(), Scores = scores }],
            Files = [],
        };
        var otherForms = new Dictionary<string, byte[]> { ["model.zip"] = [1, 2, 3] };
        if (withOnnx)
            otherForms.Add("model.onnx", OnnxFile.Write(model));
        return ModelContent.Create(manifest, model, evaluation, training.History, otherForms);
    }

    /// <summary>The same files, described otherwise.</summary>
    public static ModelContent With(this ModelContent content, Func<ModelManifest, ModelManifest> change)
    {
        ModelContent changed = ModelContent.FromFiles(change(content.Manifest), content.Files);
        return changed.As(changed.Manifest.Name, changed.Manifest.Version, changed.Manifest.Provenance.Tool);
    }
}
