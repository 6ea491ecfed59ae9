using System.Globalization;

namespace NeuralDigits;

/// <summary>The commands and programs in a model card.</summary>
internal static class ModelCardUsage
{
    /// <summary>What the data set is called on the command line; and of a word that stands for a path, what is there and has the checksums.</summary>
    public static (string Named, string What) DataArgument(ManifestData data, CatalogEntry? entry) => (entry, data) switch
    {
        ({ } known, _) => (known.Name, ""),
        (_, { Generator: not null }) => ("synthetic", ""),
        (_, { Form: DataForm.Pictures }) => ("FOLDER", "FOLDER holds the pictures by class, whose images have"),
        (_, { Form: DataForm.Pickle }) => ("FILE", "FILE is the pickle whose images and labels have"),
        _ => ("FOLDER", "FOLDER holds the files with"),
    };

    /// <summary>The command that trains the model again.</summary>
    /// <param name="manifest">The manifest.</param>
    /// <param name="data">What the data set that it was trained on is called on the command line; see <see cref="DataArgument"/>.</param>
    public static string TrainCommand(ModelManifest manifest, string data)
    {
        ManifestTraining training = manifest.Training;
        string hidden = string.Join(',', manifest.Sizes.Skip(1).SkipLast(1));
        string validation = manifest.Data.Split is { Method: not DataSplitMethod.Last } split
            ? $"--validation {manifest.Data.Validation.Count} {(split.Method == DataSplitMethod.Stratified ? "--stratified " : "")}"
            : "";
        string augment = training.Augmentation == Augmentation.None ? "" : $"--augment {AugmentationNames.Of(training.Augmentation)} ";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"neuraldigits train --data {data} {validation}--model-name {manifest.Name} --model-version {manifest.Version} --hidden {hidden} --epochs {training.Epochs} " +
            $"--mini-batch {training.MiniBatchSize} --learning-rate {training.LearningRate} --initialization {InitializationNames.Of(training.Initialization)} " +
            $"{augment}--seed {training.Seed} --output again");
    }

    /// <summary>The section on how to use the model.</summary>
    public static string Write(ModelManifest manifest)
    {
        string divided = manifest.InputScaling == Model.PixelScaling ? " / 255" : "";
        return $$"""
            ## Using it

            From ML.NET, with the package NeuralDigits.ML. `mlContext.Model.Load` reads `model.zip`, too, but trusts what it finds in it:

            ```csharp
            using Microsoft.ML;

            var mlContext = new MLContext();
            ITransformer model = mlContext.Model.LoadSigmoidMlp("model.zip");
            IDataView images = mlContext.Data.LoadFromIdx("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte");

            var metrics = mlContext.MulticlassClassification.Evaluate(model.Transform(images));
            Console.WriteLine($"{metrics.MicroAccuracy:P2} of the images are right");
            ```

            From C# with ONNX Runtime (package Microsoft.ML.OnnxRuntime) and nothing else:

            ```csharp
            using Microsoft.ML.OnnxRuntime;

            using var session = new InferenceSession("model.onnx");
            float[] features = new float[{{manifest.Sizes[0]}}]; // of one image; {{manifest.Sizes[0]}} more for each other one
            using var input = OrtValue.CreateTensorValueFromMemory(features, [features.Length / {{manifest.Sizes[0]}}, {{manifest.Sizes[0]}}]);
            using var outputs = session.Run(new RunOptions(), ["features"], [input], ["label", "scores"]);
            Console.WriteLine(outputs[0].GetTensorDataAsSpan<long>()[0]);
            ```

            From Python with ONNX Runtime:

            ```python
            import numpy
            import onnxruntime

            session = onnxruntime.InferenceSession("model.onnx")
            pixels = numpy.zeros((1, {{manifest.Sizes[0]}}), numpy.uint8)  # a row for each image
            labels, scores = session.run(["label", "scores"], {"features": pixels.astype(numpy.float32){{divided}}})
            print(labels[0], scores[0])
            ```

            From Python with safetensors, without any runtime:

            ```python
            import numpy
            from safetensors.numpy import load_file

            tensors = load_file("model.safetensors")
            activations = numpy.zeros((1, {{manifest.Sizes[0]}}), numpy.uint8).astype(numpy.float32){{divided}}
            for layer in range(1, {{manifest.Sizes.Count}}):
                sums = activations @ tensors[f"layer{layer}.weight"].T + tensors[f"layer{layer}.bias"]
                activations = 1 / (1 + numpy.exp(-sums))
            print(activations.argmax(axis=1)[0], (activations / activations.sum(axis=1, keepdims=True))[0])
            ```

            From the command line: `neuraldigits predict DIRECTORY picture.png`.

            """;
    }
}
