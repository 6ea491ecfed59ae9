namespace NeuralDigits;

/// <summary>Goes through the training set once, mini-batch by mini-batch, and changes the network as it goes.</summary>
internal sealed class EpochRunner
{
    // Below this many multiply-adds for a thread and mini-batch, waiting for one another costs more than sharing saves.
    private const double LeastShare = 20_000;

    // The threads are chosen anew for each stretch.
    private const int StretchesPerEpoch = 4;

    private readonly MiniBatch[] _miniBatches;
    private readonly EpochWorker[] _alone;
    private readonly EpochWorker[] _together;
    private readonly ThreadChoice _choice;
    private readonly TimeProvider _clock;
    private readonly double _totalWeight;

    public EpochRunner(Network network, ExampleSet training, TrainingOptions options, int threads)
    {
        int size = Math.Min(options.MiniBatchSize, training.Count);
        _miniBatches =
        [
            .. Enumerable.Range(0, EpochProgress.MiniBatchesInUse).Select(_ => new MiniBatch(network, training, size, options.LearningRate)),
        ];
        _alone = EpochWorker.Crew(network, options.Cost, size, threads: 1);
        _together = threads == 1 ? _alone : EpochWorker.Crew(network, options.Cost, size, threads);
        _choice = new ThreadChoice(threads);
        _clock = options.Clock;
        _totalWeight = TotalWeight(training);
    }

    /// <summary>How many of the threads wanted have enough to do for a network: more would only wait for one another.</summary>
    /// <param name="network">The network.</param>
    /// <param name="density">The share of the inputs that are not zero.</param>
    /// <param name="options">The size of a mini-batch, and the threads that are wanted.</param>
    public static int UsefulThreads(Network network, double density, TrainingOptions options)
    {
        // Forward and update of the first layer; forward, backward and update of the others.
        double products = 2 * density * network.InputCount * network.Layers[0].Stride;
        foreach (Layer layer in network.Layers.Skip(1))
            products += 3.0 * layer.InputCount * layer.Stride;
        double shares = options.MiniBatchSize * products / LeastShare;
        int units = network.Layers.Max(layer => layer.Stride) / Layer.PaddingUnit;
        return (int)Math.Clamp(Math.Min(shares, units), 1, options.Threads);
    }

    /// <summary>Takes the examples in the given order.</summary>
    /// <returns>The mean cost of the examples by their weights, each before the update by its mini-batch; NaN as soon as one is.</returns>
    public double Run(ReadOnlyMemory<int> order, CancellationToken cancellation)
    {
        int size = _miniBatches[0].Batch.Capacity;
        int miniBatches = (order.Length + size - 1) / size;
        int stretch = (miniBatches + StretchesPerEpoch - 1) / StretchesPerEpoch * size;
        double cost = 0;
        for (int start = 0; start < order.Length && !double.IsNaN(cost); start += stretch)
        {
            int length = Math.Min(stretch, order.Length - start);
            long time = _clock.GetTimestamp();
            int threads = _choice.Next();
            cost = RunStretch(order.Slice(start, length), threads == 1 ? _alone : _together, cost, cancellation);
            _choice.Note(threads, _clock.GetElapsedTime(time).TotalSeconds / length);
        }

        return cost / _totalWeight;
    }

    private double RunStretch(ReadOnlyMemory<int> order, EpochWorker[] workers, double cost, CancellationToken cancellation)
    {
        var progress = new EpochProgress(_miniBatches, order, workers.Length, cancellation) { Cost = cost };
        Thread[] helpers = [.. workers.Skip(1).Select(worker => new Thread(() => worker.Run(progress)) { IsBackground = true })];
        foreach (Thread helper in helpers)
            helper.Start();
        workers[0].Run(progress);
        foreach (Thread helper in helpers)
            helper.Join();

        progress.Failure?.Throw();
        return progress.Cost;
    }

    private static double TotalWeight(ExampleSet training)
    {
        double total = 0;
        for (int row = 0; row < training.Count; row++)
            total += training.Weight(row);
        return total;
    }
}
