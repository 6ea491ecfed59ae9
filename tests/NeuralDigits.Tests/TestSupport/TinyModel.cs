namespace NeuralDigits.Tests;

/// <summary>A model of 2 x 2 pixels, complete with all that is published beside it.</summary>
internal static class TinyModel
{
    public static ModelContent Create(string name = "tiny", string version = "1.0.0", int seed = 1)
    {
        byte[] pixels = [255, 0, 0, 0, 0, 255, 255, 0, 0, 0, 0, 9, 3, 0, 255, 0];
        var images = new LabelledImages(pixels, new byte[] { 0, 1, 0, 1 }, rows: 2, columns: 2, classCount: 2);
        var examples = new ImageExamples(images);
        TrainingResult training = StochasticGradientDescent.Train(examples, examples, new TrainingOptions { HiddenLayers = [3], Epochs = 2, Seed = seed });
        var model = new Model(training.Network, ["none", "some"], Model.PixelScaling);
        EvaluationResult evaluation = Evaluator.Evaluate(model.Network, examples, Cost.Quadratic, threads: 1);
        var scores = new float[2];
        Scores.Normalize(new ForwardPass(model.Network).Run(images.Image(0)), scores);
        var count = new ManifestImages(4, null, null);
        var manifest = new ModelManifest(
            ModelManifest.CurrentSchemaVersion, name, version, model.Network.Sizes, "sigmoid", model.Labels, model.InputScaling,
            new ManifestTraining("quadratic", WeightInitialization.Scaled, 2, 10, 3, seed),
            new ManifestData("tiny", count, count, count),
            new ManifestMetrics(evaluation.Accuracy, evaluation.Correct, evaluation.Count, evaluation.Cost),
            new ManifestProvenance("1.0.0", null, ".NET", new Dictionary<string, string> { ["NeuralDigits"] = "1.0.0" }),
            [new ManifestSelfTest(images.Image(0).ToArray(), scores)],
            []);
        return ModelContent.Create(manifest, model, evaluation, training.History, new Dictionary<string, byte[]> { ["model.zip"] = [1, 2, 3] });
    }
}
