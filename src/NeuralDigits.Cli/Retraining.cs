using System.Globalization;
using System.Security.Cryptography;
using NeuralDigits.ML;

namespace NeuralDigits.Cli;

/// <summary>Trains a published model again, from what its manifest says, and compares the result with what was published.</summary>
internal sealed class Retraining(ModelDirectory published, CommandEnvironment environment)
{
    private const string FileName = ModelContent.ModelFileName;
    private readonly ModelManifest _manifest = published.Manifest;

    /// <summary>What drew the images that the model was trained on; null if they came from files.</summary>
    /// <exception cref="InvalidDataException">It is one that this version lacks.</exception>
    public DataGenerator? Generator => _manifest.Data.Generator switch
    {
        { } generator when generator.Name != SyntheticDigits.Name || generator.Version != SyntheticDigits.Version => throw new InvalidDataException(
            $"{published.Folder} was trained on images of the generator '{generator.Name}' version {generator.Version}; this version draws " +
            $"'{SyntheticDigits.Name}' version {SyntheticDigits.Version}. Take neuraldigits {_manifest.Provenance.Tool}."),
        var generator => generator,
    };

    /// <summary>Trains, and compares the bytes.</summary>
    /// <exception cref="InvalidDataException">The data set is another than the manifest's, or the cost is one that this version lacks.</exception>
    public ModelCheck Check(DataSet data, int threads, CancellationToken cancellation)
    {
        data = Split(data);
        RequireSameData(data);
        var progress = new EpochReporter(_manifest.Training.Epochs, environment with { Output = environment.Error });
        Model again = new TrainingJob(data, Options(threads, progress, cancellation), progress, environment).Train();
        string expected = _manifest.Files.Single(file => file.Name == FileName).Sha256;
        bool isSame = Convert.ToHexStringLower(SHA256.HashData(ModelFile.Write(again))) == expected;
        return new ModelCheck(
            $"{FileName}, trained again", isSame ? $"the same bytes, SHA-256 {expected}" : Difference(again), isSame ? ModelCheckOutcome.Passed : ModelCheckOutcome.Failed);
    }

    private SigmoidMlpTrainer.Options Options(int threads, EpochReporter progress, CancellationToken cancellation)
    {
        ManifestTraining training = _manifest.Training;
        if (training.Cost != Cost.Quadratic.Name)
        {
            throw new InvalidDataException(
                $"{published.Folder} was trained with the cost '{training.Cost}'; this version trains with '{Cost.Quadratic.Name}'.");
        }

        return new SigmoidMlpTrainer.Options
        {
            HiddenLayers = [.. _manifest.Sizes.Skip(1).SkipLast(1)],
            Epochs = training.Epochs,
            MiniBatchSize = training.MiniBatchSize,
            LearningRate = training.LearningRate,
            Initialization = training.Initialization,
            Augmentation = training.Augmentation,
            Seed = training.Seed,
            Threads = threads,
            Progress = progress,
            Cancellation = cancellation,
            ThrowOnCancellation = true,
        };
    }

    // Of other data, as many may not be there to be set aside; these are refused for what they are.
    private DataSet Split(DataSet data)
    {
        int recorded = _manifest.Data.Training.Count + _manifest.Data.Validation.Count;
        return _manifest.Data.Split is { } split && data.Training.Count + data.Validation.Count == recorded
            ? data.With(split.Of(_manifest.Data.Validation.Count))
            : data;
    }

    private void RequireSameData(DataSet data)
    {
        (string Set, ManifestImages Recorded, LabelledImages Given)[] sets =
        [
            ("training", _manifest.Data.Training, data.Training),
            ("validation", _manifest.Data.Validation, data.Validation),
            ("test", _manifest.Data.Test, data.Test),
        ];
        foreach ((string set, ManifestImages recorded, LabelledImages given) in sets)
        {
            ManifestImages found = ManifestImages.Of(given);
            if (recorded.ImagesSha256 is null || recorded.LabelsSha256 is null || found != recorded)
            {
                throw new InvalidDataException(
                    $"The {set} set is another than {published.Folder} came from: expected {Words(recorded)}; found {Words(found)}. " +
                    $"Name the right data with --data{FormWords}.");
            }
        }
    }

    private string FormWords => _manifest.Data.Form switch
    {
        DataForm.Pictures => $": the folder of pictures called '{_manifest.Data.Name}', with every picture as it was",
        DataForm.Pickle => $": the pickle called '{_manifest.Data.Name}'",
        _ => "",
    };

    private static string Words(ManifestImages images) =>
        $"{images.Count} images, SHA-256 of images {images.ImagesSha256 ?? "unknown"}, of labels {images.LabelsSha256 ?? "unknown"}";

    private string Difference(Model again)
    {
        if (!again.Network.Sizes.SequenceEqual(_manifest.Sizes))
            return $"another network: sizes {string.Join(", ", again.Network.Sizes)} instead of {string.Join(", ", _manifest.Sizes)}";
        int different = 0;
        float largest = 0;
        foreach ((float now, float then) in Parameters(again.Network).Zip(Parameters(published.Model.Network)))
        {
            different += now == then ? 0 : 1;
            largest = Math.Max(largest, Math.Abs(now - then));
        }

        return string.Create(
            CultureInfo.InvariantCulture, $"{different} of {published.Model.Network.ParameterCount} parameters differ, by up to {largest}");
    }

    private static IEnumerable<float> Parameters(Network network)
    {
        foreach (Layer layer in network.Layers)
        {
            var weights = new float[layer.OutputCount * layer.InputCount];
            layer.CopyWeightsTo(weights);
            foreach (float weight in weights)
                yield return weight;
            for (int output = 0; output < layer.OutputCount; output++)
                yield return layer.Bias(output);
        }
    }
}
