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
    /// <summary>Trains a new network.</summary>
    /// <param name="training">The examples to learn from; at least one.</param>
    /// <param name="validation">Examples to evaluate the network on after each epoch; they steer nothing. May be null.</param>
    /// <param name="options">How to train.</param>
    /// <param name="progress">Is told of each epoch when it is over.</param>
    /// <param name="cancellation">Stops the training between two mini-batches.</param>
    /// <returns>The network after the last epoch, and the reports of all epochs.</returns>
    /// <exception cref="ArgumentException">An option is outside its range, or a set is empty or does not fit the other.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    public static TrainingResult Train(
        ExampleSet training,
        ExampleSet? validation,
        TrainingOptions options,
        IProgress<EpochReport>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        CheckSets(training, validation);

        var random = new RandomGenerator(unchecked((ulong)options.Seed), (ulong)RandomPurpose.Initialization);
        Network network = NetworkInitializer.Create(
            [training.FeatureCount, .. options.HiddenLayers, training.ClassCount], options.Initialization, random);
        return Train(network, training, validation, options, progress, cancellation);
    }

    private static TrainingResult Train(
        Network network,
        ExampleSet training,
        ExampleSet? validation,
        TrainingOptions options,
        IProgress<EpochReport>? progress,
        CancellationToken cancellation)
    {
        var random = new RandomGenerator(unchecked((ulong)options.Seed), (ulong)RandomPurpose.Shuffling);
        var epochs = new EpochRunner(network, training, options.Cost, options.MiniBatchSize, options.LearningRate);
        var order = new int[training.Count];
        var history = new List<EpochReport>(options.Epochs);
        for (int epoch = 0; epoch < options.Epochs; epoch++)
        {
            long start = options.Clock.GetTimestamp();
            for (int i = 0; i < order.Length; i++)
                order[i] = i;
            random.Shuffle(order);

            double cost = epochs.Run(order, cancellation);
            EvaluationResult? evaluation = validation is null ? null : Evaluator.Evaluate(network, validation, options.Cost, options.Threads);
            var report = new EpochReport(epoch, cost, evaluation, options.Clock.GetElapsedTime(start));
            history.Add(report);
            progress?.Report(report);
        }

        return new TrainingResult(network, history);
    }

    private static void CheckSets(ExampleSet training, ExampleSet? validation)
    {
        ArgumentNullException.ThrowIfNull(training);
        if (training.Count == 0)
            throw new ArgumentException("The training set is empty.", nameof(training));
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
