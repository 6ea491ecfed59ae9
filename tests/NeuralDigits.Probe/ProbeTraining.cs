using System.Globalization;
using System.Security.Cryptography;

namespace NeuralDigits.Tests;

/// <summary>A short training on rows that the project's own generator makes: the same on every machine.</summary>
public sealed record ProbeTraining(string Name, Func<ExampleSet> Examples, TrainingOptions Options)
{
    /// <summary>
    /// All of them: sparse bytes into a narrow network, sparse floats into narrow layers and into wide ones, dense floats into wide layers,
    /// neurons that are saturated, and images that are changed.
    /// </summary>
    public static IReadOnlyList<ProbeTraining> All { get; } =
    [
        new("images", Images, new TrainingOptions { HiddenLayers = [60], Epochs = 2, Seed = 5 }),
        new("sparse", () => Features(share: 4), new TrainingOptions { HiddenLayers = [33, 17], Epochs = 2, MiniBatchSize = 7, Seed = 6 }),
        new("wide", () => Features(share: 4), new TrainingOptions { HiddenLayers = [192, 128], Epochs = 2, MiniBatchSize = 32, LearningRate = 1, Seed = 12 }),
        new("dense", () => Features(share: 1), new TrainingOptions { HiddenLayers = [150, 70], Epochs = 2, MiniBatchSize = 20, LearningRate = 0.5f, Seed = 7 }),
        new("saturated", Images, new TrainingOptions { InitialNetwork = Saturated(), Epochs = 3, MiniBatchSize = 40, Seed = 11 }),
        new("shift", Images, new TrainingOptions { HiddenLayers = [20], Epochs = 3, Seed = 8, Augmentation = Augmentation.Shift }),
        new("affine", Images, new TrainingOptions { HiddenLayers = [20], Epochs = 3, Seed = 9, Augmentation = Augmentation.Affine }),
        new("elastic", Images, new TrainingOptions { HiddenLayers = [20], Epochs = 3, Seed = 10, Augmentation = Augmentation.Elastic }),
    ];

    /// <summary>The one of that name.</summary>
    public static ProbeTraining Named(string name) => All.Single(training => training.Name == name);

    /// <summary>Trains, and gives the SHA-256 of the model's file in lower-case hexadecimal.</summary>
    public string Sha256OfModel(int threads)
    {
        ExampleSet examples = Examples();
        Network network = StochasticGradientDescent.Train(examples, null, Options with { Threads = threads }).Network;
        var labels = Enumerable.Range(0, network.OutputCount).Select(label => label.ToString(CultureInfo.InvariantCulture));
        return Convert.ToHexStringLower(SHA256.HashData(ModelFile.Write(new Model(network, [.. labels], Model.PixelScaling))));
    }

    // Neurons that learn by errors around the smallest normal float, from weights of zero: what a tiny product changes is seen.
    private static Network Saturated()
    {
        const int inputs = 28 * 28, hidden = 40, outputs = 10;
        float[] biases = [.. Enumerable.Range(0, hidden).Select(neuron => -75f - neuron)];
        float[] weights = [.. Enumerable.Range(0, hidden * outputs).Select(i => (i % 7) - 3f)];
        return new Network([new Layer(inputs, hidden, new float[inputs * hidden], biases), new Layer(hidden, outputs, weights, new float[outputs])]);
    }

    // One pixel in five has ink, more often where the class has its place.
    private static ImageExamples Images()
    {
        const int count = 251, side = 28, classes = 10;
        var random = new RandomGenerator(1, 0);
        var pixels = new byte[count * side * side];
        for (int i = 0; i < pixels.Length; i++)
        {
            int label = i / (side * side) % classes;
            bool isPlace = i / side % side / 3 == label;
            if (random.NextInt32(10) < (isPlace ? 6 : 2))
                pixels[i] = (byte)random.NextInt32(256);
        }

        byte[] labels = [.. Enumerable.Range(0, count).Select(image => (byte)(image % classes))];
        return new ImageExamples(new LabelledImages(pixels, labels, side, side));
    }

    private static ExampleSet Features(int share)
    {
        const int count = 203, width = 100, classes = 4;
        var random = new RandomGenerator(2, 0);
        var builder = new ExampleSetBuilder(width, classes);
        var row = new float[width];
        for (int i = 0; i < count; i++)
        {
            for (int k = 0; k < width; k++)
                row[k] = random.NextInt32(share) == 0 ? (float)random.NextNormal() : 0;
            row[i % classes] += 2;
            builder.Add(row, i % classes, weight: 1 + (i % 3));
        }

        return builder.Build();
    }
}
