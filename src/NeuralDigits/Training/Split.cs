namespace NeuralDigits;

/// <summary>How the work on a network is split among threads.</summary>
/// <param name="Threads">How many threads have enough to do; 1 if nothing is split.</param>
/// <param name="Layers">How many layers, from the first on, are split by their neurons.</param>
internal readonly record struct Split(int Threads, int Layers)
{
    // A layer with fewer multiply-adds for a mini-batch is done before its results could go from core to core.
    private const double LeastLayer = 100_000;

    // Below this many for each thread, waiting for one another costs more than sharing saves.
    private const double LeastShare = 50_000;

    /// <summary>One thread, to which all neurons of all layers belong.</summary>
    public static Split None { get; } = new(1, int.MaxValue);

    /// <summary>The split of a network by the work that it makes.</summary>
    /// <param name="network">The network.</param>
    /// <param name="density">The share of the inputs that are not zero.</param>
    /// <param name="options">The size of a mini-batch, and the threads that are wanted.</param>
    public static Split Of(Network network, double density, TrainingOptions options)
    {
        // Forward and update of the first layer; forward, backward and update of the others.
        double[] work = [.. network.Layers.Select((layer, l) =>
            (l == 0 ? 2 * density : 3) * layer.InputCount * layer.Stride * options.MiniBatchSize)];
        int layers = Array.FindLastIndex(work, products => products >= LeastLayer) + 1;
        if (layers == 0)
            return None;

        double shares = work[..layers].Sum() / LeastShare;
        int units = network.Layers.Take(layers).Max(layer => layer.Stride) / Layer.PaddingUnit;
        int threads = (int)Math.Clamp(Math.Min(shares, units), 1, options.Threads);
        return threads == 1 ? None : new Split(threads, layers);
    }
}
