using System.Globalization;
using Microsoft.ML;
using NeuralDigits.ML;

namespace NeuralDigits.Benchmarks;

/// <summary>What is compared with what: the same images, sizes, mini-batches and learning rate on both sides.</summary>
internal static class Comparisons
{
    private const string Numpy = "apt-get install python3-numpy libopenblas0-pthread python3-threadpoolctl";
    private const string PyTorch = "apt-get install python3-torch python3-numpy libopenblas0-pthread python3-threadpoolctl";

    // An epoch of a wide network takes seconds: a fifth of the images tells as much of the time, though too little is learned to judge by.
    private const int WideImages = 10_000;
    private const int WideEpochs = 2;

    // By chance it would be 1,000 of the 10,000 test images; one epoch of the small network reaches several times as many.
    private const int LeastCorrect = 4_000;

    // The ancestor's network, with its options. So many epochs take about as long as what the peers do in a round, a second or more: what
    // disturbs the machine for a while disturbs a side no more than the other.
    private static readonly TrainingOptions Small = new()
    {
        HiddenLayers = [60],
        MiniBatchSize = 10,
        LearningRate = 3,
        Initialization = WeightInitialization.StandardNormal,
        Epochs = 20,
    };

    private static readonly TrainingOptions Wide = new()
    {
        MiniBatchSize = 100,
        LearningRate = 0.03f,
        Initialization = WeightInitialization.Scaled,
        Epochs = WideEpochs,
    };

    /// <summary>What the times include and leave out, one note a line.</summary>
    public static IReadOnlyList<string> WhatIsTimed { get; } =
    [
        "Training: one epoch of 50,000 images, or of 10,000 for the wide networks: shuffling, gathering the mini-batches, forward, backward, " +
            "update. Loading and evaluation are not in it, nor a first epoch that warms up (the ancestor's loop has none). A round's time is the " +
            "median of its epochs: 20 of ours, 5 of vectorised NumPy, 1 of the others, 2 of both sides for the wide networks. Quadratic cost; " +
            "learning rate 3, or 0.03 for the wide networks. The peers read floats made ahead, in the form that suits them " +
            "best; ours reads the bytes of the files.",
        "LbfgsMaximumEntropy: its whole fit with its defaults, against ours with our defaults until the test accuracy that it ended with, " +
            "evaluation after each epoch included; the same data view for both.",
        "ONNX Runtime: the same trained network, its layers alone, input and output bound ahead, from floats made ahead; ours reads bytes. " +
            "Both give the activations of the output neurons. One row: the mean over the 10,000 test images, one after the other.",
        "`neuraldigits train`: 30 epochs with evaluation, from the start of the process to its end, with loading and saving.",
        "Python runs with OPENBLAS_CORETYPE and OPENBLAS_L2_SIZE unset, so that OpenBLAS chooses its kernels by itself; where it does not know " +
            "the processor and falls back on its oldest (Prescott), it is told to take those for AVX-512 (SkylakeX) or AVX2 (Haswell).",
    ];

    /// <summary>All comparisons.</summary>
    /// <param name="folder">The folder with the files of MNIST.</param>
    /// <param name="python">The interpreter for the peers that need one.</param>
    public static IReadOnlyList<Comparison> All(string folder, string python)
    {
        DataSet data = DataSet.Load(folder);
        return
        [
            Training("[784, 60, 10], the ancestor's loop in NumPy", data, Small, new PythonPeer(
                python, "ancestor.py", Numpy, LeastCorrect, ["--data", folder, "--warm-up", "0", "--epochs", "1"])),
            Training("[784, 60, 10], vectorised NumPy, float32", data, Small, new PythonPeer(
                python, "vectorised.py", Numpy, LeastCorrect, ["--data", folder, "--epochs", "5"])),
            Training("[784, 60, 10], PyTorch, autograd", data, Small, new PythonPeer(
                python, "autograd.py", PyTorch, LeastCorrect, ["--data", folder, "--epochs", "1"])),
            WideTraining(data, folder, python, 800),
            WideTraining(data, folder, python, 1024, 1024),
            ToAccuracy(data),
            .. Scoring(data),
            new Comparison("`neuraldigits train`, 30 epochs, whole process", null, new TrainProcess(folder)),
        ];
    }

    private static Comparison Training(string what, DataSet data, TrainingOptions options, PythonPeer peer) =>
        new(what, peer, new TrainingEpochs(data.Training, options));

    private static Comparison WideTraining(DataSet data, string folder, string python, params int[] hidden)
    {
        string sizes = string.Join(',', [data.Training.PixelsPerImage, .. hidden, data.Training.ClassCount]);
        TrainingOptions options = Wide with { HiddenLayers = hidden };
        var peer = new PythonPeer(python, "autograd.py", PyTorch, leastCorrect: 0,
        [
            "--data", folder, "--sizes", sizes, "--mini-batch", Text(options.MiniBatchSize), "--learning-rate", Text(options.LearningRate),
            "--scaled", "--images", Text(WideImages), "--epochs", Text(WideEpochs),
        ]);
        return new Comparison(
            $"[{sizes.Replace(",", ", ", StringComparison.Ordinal)}], mini-batch 100, PyTorch, autograd",
            peer,
            new TrainingEpochs(data.Training.Slice(0, WideImages), options));
    }

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);

    private static Comparison ToAccuracy(DataSet data)
    {
        DataOperationsCatalog catalog = new MLContext().Data;
        var digits = new DataSetViews(
            catalog.LoadFromImages(data.Training), catalog.LoadFromImages(data.Validation), catalog.LoadFromImages(data.Test));
        var lbfgs = new LbfgsFit(digits);
        return new Comparison("LbfgsMaximumEntropy, time to its accuracy", lbfgs, new FitToAccuracy(digits, () => lbfgs.Accuracy));
    }

    private static Comparison[] Scoring(DataSet data)
    {
        Network network = StochasticGradientDescent.Train(
            new ImageExamples(data.Training), null, Small with { Epochs = 1 }).Network;
        return
        [
            new Comparison("10,000 rows, ONNX Runtime", new OnnxBatch(network, data.Test), new BatchScoring(network, data.Test)),
            new Comparison("one row, ONNX Runtime", new OnnxRow(network, data.Test), new RowScoring(network, data.Test)),
        ];
    }
}
