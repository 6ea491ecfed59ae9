using System.Globalization;

namespace NeuralDigits;

/// <summary>How a network is trained. The defaults are mini-batch size, learning rate and epochs of Nielsen's book, chapter 1, with scaled first weights.</summary>
public sealed record TrainingOptions
{
    /// <summary>The sizes of the hidden layers, first to last; each at least 1. May be empty. Default: one of 60.</summary>
    public IReadOnlyList<int> HiddenLayers { get; init; } = [60];

    /// <summary>How often the whole training set is gone through, at least 1. Default: 30.</summary>
    public int Epochs { get; init; } = 30;

    /// <summary>The number of examples between two updates, at least 1. Default: 10.</summary>
    public int MiniBatchSize { get; init; } = 10;

    /// <summary>The learning rate η: positive and finite. Default: 3.</summary>
    public float LearningRate { get; init; } = 3;

    /// <summary>How the first weights and biases are drawn. Default: scaled.</summary>
    public WeightInitialization Initialization { get; init; } = WeightInitialization.Scaled;

    /// <summary>
    /// A network to train further; it is not changed itself. Null to start with a new one. With a network given, <see cref="HiddenLayers"/>
    /// and <see cref="Initialization"/> play no part. Default: null.
    /// </summary>
    public Network? InitialNetwork { get; init; }

    /// <summary>The cost to make small. Default: quadratic.</summary>
    public Cost Cost { get; init; } = Cost.Quadratic;

    /// <summary>
    /// How the training images are changed before each epoch. With one, examples must be images: an <see cref="ImageExamples"/>, or square, with
    /// features that are pixels, k / 255. One epoch's images are kept beside them, a byte for each pixel; where there is a second thread, those
    /// of the next epoch are made in the places of those that the network has learnt from in this one. Default: none.
    /// </summary>
    public Augmentation Augmentation { get; init; } = Augmentation.None;

    /// <summary>The seed of all randomness; any number. Default: 0.</summary>
    public int Seed { get; init; }

    /// <summary>
    /// How many threads may train and evaluate the network, at least 1; fewer train where more would be slower, and the others then evaluate
    /// the epoch before. Default: as many as the machine has cores. The result is the same for any number.
    /// </summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// What a cancelled training does. False, the default: it returns the network of the best epoch so far, or throws if none is over and
    /// evaluated. True: it always throws.
    /// </summary>
    public bool ThrowOnCancellation { get; init; }

    /// <summary>Where the time of each epoch is read. Default: the system's clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Refuses options outside their range.</summary>
    /// <exception cref="ArgumentException">An option is outside its range; the message names it, its value and the range.</exception>
    public void Validate()
    {
        RequireNotNull(HiddenLayers, nameof(HiddenLayers), "a list of sizes of at least 1, which may be empty");
        RequireNotNull(Cost, nameof(Cost), "a cost, such as Cost.Quadratic");
        RequireNotNull(Clock, nameof(Clock), "a clock, such as TimeProvider.System");
        foreach (int size in HiddenLayers)
            Require(size >= 1, nameof(HiddenLayers), $"[{string.Join(", ", HiddenLayers)}]", "sizes of at least 1");
        Require(Epochs >= 1, nameof(Epochs), Epochs, "at least 1");
        Require(MiniBatchSize >= 1, nameof(MiniBatchSize), MiniBatchSize, "at least 1");
        Require(LearningRate > 0 && float.IsFinite(LearningRate), nameof(LearningRate), LearningRate, "positive and finite");
        Require(Enum.IsDefined(Initialization), nameof(Initialization), Initialization, string.Join(" or ", Enum.GetNames<WeightInitialization>()));
        Require(Enum.IsDefined(Augmentation), nameof(Augmentation), Augmentation, string.Join(" or ", Enum.GetNames<Augmentation>()));
        Require(Threads >= 1, nameof(Threads), Threads, "at least 1");
    }

    private static void Require(bool holds, string option, object value, string range)
    {
        if (!holds)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{option} is {value}; expected: {range}."), option);
    }

    private static void RequireNotNull(object? value, string option, string range)
    {
        if (value is null)
            throw new ArgumentNullException(option, $"{option} is null; expected: {range}.");
    }
}
