namespace NeuralDigits;

/// <summary>
/// Mini-batch stochastic gradient descent: shuffle the examples, take them m at a time, and after each mini-batch
/// step down the mean of its gradients.
/// </summary>
/// <remarks>
/// All examples of a mini-batch go through the network with the same parameters. Then, as in Nielsen's book,
/// chapter 1, equations 20 and 21, w → w - η/m Σ ∂C_x/∂w and b → b - η/m Σ ∂C_x/∂b. The last mini-batch of an
/// epoch may be shorter, and divides by its own size. A weight takes the contributions of its mini-batch one by
/// one in the order of the examples, each already multiplied by -η/m: no sum is ever kept beside the weights.
/// </remarks>
public static class StochasticGradientDescent
{
    /// <summary>Trains a new network, or <see cref="TrainingOptions.InitialNetwork"/> further.</summary>
    /// <param name="training">The examples to learn from; at least one, and not all of weight 0.</param>
    /// <param name="validation">Examples to evaluate the network on after each epoch; they steer nothing, and weigh the same. May be null.</param>
    /// <param name="options">How to train.</param>
    /// <param name="progress">
    /// Is told of each epoch, one after the other and on the calling thread, when it has been evaluated: before the training of the next one or,
    /// where that leaves threads idle to evaluate on, at the latest after it.
    /// </param>
    /// <param name="cancellation">
    /// Stops the training between two mini-batches, or during an evaluation; see <see cref="TrainingOptions.ThrowOnCancellation"/>. An epoch
    /// whose evaluation was cut short does not count: nobody knows how good it was.
    /// </param>
    /// <returns>The network, and the reports of all epochs.</returns>
    /// <exception cref="ArgumentException">
    /// An option is outside its range, a set is empty or does not fit the other, or the examples are no images and
    /// <see cref="TrainingOptions.Augmentation"/> needs some.
    /// </exception>
    /// <exception cref="OperationCanceledException">The training was cancelled, and there is nothing to return or none is wanted.</exception>
    /// <exception cref="TrainingDivergedException">The cost became NaN, or a parameter infinite.</exception>
    public static TrainingResult Train(
        ExampleSet training,
        ExampleSet? validation,
        TrainingOptions options,
        IProgress<EpochReport>? progress = null,
        CancellationToken cancellation = default)
    {
        Check(training, validation, options);
        Network start = options.InitialNetwork ?? NewNetwork(training, options);
        Split split = Split.Of(start, training.Inputs.Density, options);
        using AugmentedExamples? augmented = options.Augmentation == Augmentation.None ? null : AugmentedExamples.Of(training, options);
        return Run(NetworkSlice.LayOut(start, 1), split, augmented ?? training, validation, options, progress, cancellation);
    }

    private static Network NewNetwork(ExampleSet training, TrainingOptions options)
    {
        var random = new RandomGenerator(unchecked((ulong)options.Seed), (ulong)RandomPurpose.Initialization);
        return NetworkInitializer.Create([training.FeatureCount, .. options.HiddenLayers, training.ClassCount], options.Initialization, random);
    }

    private static TrainingResult Run(
        Network network,
        Split split,
        ExampleSet training,
        ExampleSet? validation,
        TrainingOptions options,
        IProgress<EpochReport>? progress,
        CancellationToken cancellation)
    {
        var reports = new EpochReports(validation, options, progress, cancellation);
        try
        {
            RunEpochs(network, split, training, options, reports, cancellation);
        }
        catch (OperationCanceledException) when (!reports.IsTelling)
        {
            if (reports.Best.Network is null)
                throw;
            return new TrainingResult(reports.Best.Network, reports.History, reports.Best.Report!.Epoch, WasCancelled: true);
        }

        return new TrainingResult(network, reports.History, reports.Best.Report!.Epoch, WasCancelled: false);
    }

    private static void RunEpochs(
        Network network, Split split, ExampleSet training, TrainingOptions options, EpochReports reports, CancellationToken cancellation)
    {
        var random = new RandomGenerator(unchecked((ulong)options.Seed), (ulong)RandomPurpose.Shuffling);
        using var epochs = new EpochRunner(network, training, options, split);
        var augmented = training as AugmentedExamples;
        var order = new int[training.Count];
        try
        {
            for (int epoch = 0; epoch < options.Epochs; epoch++)
            {
                reports.Begin();
                augmented?.Complete(epoch, cancellation);
                Shuffle(order, random);
                double cost = epochs.Run(order, cancellation, reports.MakeRoom, augmented?.Used(epoch));
                bool isFinite = network.Settle();
                if (double.IsNaN(cost) || !isFinite)
                    throw new TrainingDivergedException(epoch, options.LearningRate);
                reports.End(epoch, cost, network, epochs.IdleThreads);
            }
        }
        catch
        {
            // However an epoch ends, the one before it is told of first.
            reports.CompleteAfterFailure();
            throw;
        }
    }

    // From the same start each time: the order of an epoch follows from the generator's state alone.
    private static void Shuffle(int[] order, RandomGenerator random)
    {
        for (int i = 0; i < order.Length; i++)
            order[i] = i;
        random.Shuffle(order);
    }

    private static void Check(ExampleSet training, ExampleSet? validation, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        CheckSets(training, validation);
        CheckRoom(training, options);
        if (options.InitialNetwork is { } start && (start.InputCount != training.FeatureCount || start.OutputCount != training.ClassCount))
        {
            throw new ArgumentException(
                $"The initial network has {start.InputCount} inputs and {start.OutputCount} outputs, " +
                $"the training set {training.FeatureCount} features and {training.ClassCount} classes.", nameof(options));
        }
    }

    // The activations and errors of a mini-batch lie in one array for each layer, padded to cache lines.
    private static void CheckRoom(ExampleSet training, TrainingOptions options)
    {
        const int padding = 2 * AlignedFloats.PerLine;
        int examples = Math.Min(options.MiniBatchSize, training.Count);
        int widest = (options.InitialNetwork?.Sizes.Skip(1) ?? [.. options.HiddenLayers, training.ClassCount]).Max();
        if (((long)examples + padding) * ((long)widest + padding) > Array.MaxLength)
        {
            throw new ArgumentException(
                $"The mini-batches are of {examples} examples and the widest layer has {widest} neurons: together they need more room than an " +
                "array has. Take a smaller MiniBatchSize.", nameof(options));
        }
    }

    private static void CheckSets(ExampleSet training, ExampleSet? validation)
    {
        ArgumentNullException.ThrowIfNull(training);
        if (training.Count == 0)
            throw new ArgumentException("The training set is empty.", nameof(training));
        if (!Enumerable.Range(0, training.Count).Any(row => training.Weight(row) > 0))
            throw new ArgumentException("All examples of the training set have the weight 0.", nameof(training));
        if (validation is null)
            return;
        if (validation.Count == 0)
            throw new ArgumentException("The validation set is empty; give none to train without one.", nameof(validation));
        if (validation.FeatureCount != training.FeatureCount || validation.ClassCount != training.ClassCount)
        {
            throw new ArgumentException(
                $"The validation set has {validation.FeatureCount} features and {validation.ClassCount} classes, " +
                $"the training set {training.FeatureCount} and {training.ClassCount}.", nameof(validation));
        }
    }
}
