namespace NeuralDigits;

/// <summary>Goes through the training set once, mini-batch by mini-batch, and changes the network as it goes.</summary>
internal sealed class EpochRunner
{
    // Below this many multiply-adds for a thread and mini-batch, waiting for one another costs more than sharing saves.
    private const double LeastShare = 20_000;

    private readonly MiniBatch[] _miniBatches;
    private readonly EpochWorker[] _workers;
    private readonly double _totalWeight;

    public EpochRunner(Network network, ExampleSet training, Cost cost, int miniBatchSize, float learningRate, int threads = 1)
    {
        int size = Math.Min(miniBatchSize, training.Count);
        _miniBatches = [.. Enumerable.Range(0, EpochProgress.MiniBatchesInUse).Select(_ => new MiniBatch(network, training, size, learningRate))];
        _workers = EpochWorker.Crew(network, cost, size, threads);
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
        var progress = new EpochProgress(_miniBatches, order, _workers.Length, cancellation);
        Thread[] helpers = [.. _workers.Skip(1).Select(worker => new Thread(() => worker.Run(progress)) { IsBackground = true })];
        foreach (Thread helper in helpers)
            helper.Start();
        _workers[0].Run(progress);
        foreach (Thread helper in helpers)
            helper.Join();

        progress.Failure?.Throw();
        return progress.Cost / _totalWeight;
    }

    private static double TotalWeight(ExampleSet training)
    {
        double total = 0;
        for (int row = 0; row < training.Count; row++)
            total += training.Weight(row);
        return total;
    }
}
