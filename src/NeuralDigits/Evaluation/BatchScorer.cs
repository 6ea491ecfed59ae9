namespace NeuralDigits;

/// <summary>Takes many rows at once through a network, on several threads. For one row at a time: <see cref="ForwardPass"/>.</summary>
public static class BatchScorer
{
    // Enough rows to use a weight several times while it is in the cache.
    private const int BatchSize = 32;

    // What one thread takes at a time.
    private const int BlockSize = 256;

    /// <summary>The activations of the output layer for rows of features.</summary>
    /// <param name="network">The network.</param>
    /// <param name="features">[rows, inputs], row-major.</param>
    /// <param name="activations">The result, [rows, outputs]: values from 0 to 1.</param>
    /// <param name="threads">How many threads share the work, at least 1. The result is the same for any number.</param>
    /// <exception cref="ArgumentException">The features are not whole rows, or the room for the result is not as large as it must be.</exception>
    public static void Score(Network network, ReadOnlyMemory<float> features, Memory<float> activations, int threads)
    {
        Check(network, features.Length, activations.Length, threads);
        Score(network, new FeatureRows(features, network.InputCount), activations, threads);
    }

    /// <summary>The activations of the output layer for images.</summary>
    /// <param name="network">The network.</param>
    /// <param name="pixels">[images, inputs], row-major; each pixel is read as the feature that <see cref="Pixel"/> makes of it.</param>
    /// <param name="activations">The result, [images, outputs]: values from 0 to 1.</param>
    /// <param name="threads">How many threads share the work, at least 1. The result is the same for any number.</param>
    /// <exception cref="ArgumentException">The pixels are not whole images, or the room for the result is not as large as it must be.</exception>
    public static void Score(Network network, ReadOnlyMemory<byte> pixels, Memory<float> activations, int threads)
    {
        Check(network, pixels.Length, activations.Length, threads);
        Score(network, new PixelRows(pixels, network.InputCount), activations, threads);
    }

    /// <summary>Takes all rows through a network, and hands over each batch of consecutive ones with the number of its first.</summary>
    /// <remarks>
    /// Batches of one block are handed over one after the other; those of different blocks may come at once. A block starts at each
    /// multiple of <paramref name="blockSize"/>.
    /// </remarks>
    internal static void ForEachBatch(Network network, InputRows rows, int blockSize, int threads, Action<int, Batch> then) => Parallel.For(
        0,
        (rows.Count + blockSize - 1) / blockSize,
        new ParallelOptions { MaxDegreeOfParallelism = threads },
        () => (Whole: new NetworkSlice(network), Batch: new Batch(network, Math.Min(BatchSize, rows.Count), rows)),
        (block, _, own) =>
        {
            int end = Math.Min((block + 1) * blockSize, rows.Count);
            for (int first = block * blockSize; first < end; first += own.Batch.Count)
            {
                Feedforward(own.Whole, own.Batch, rows, first, end);
                then(first, own.Batch);
            }

            return own;
        },
        _ => { });

    private static void Score(Network network, InputRows rows, Memory<float> activations, int threads) => ForEachBatch(
        network,
        rows,
        BlockSize,
        threads,
        (first, batch) =>
        {
            for (int i = 0; i < batch.Count; i++)
                batch.Output(i).CopyTo(activations.Span[((first + i) * network.OutputCount)..]);
        });

    private static void Feedforward(NetworkSlice whole, Batch batch, InputRows rows, int first, int end)
    {
        Span<int> numbers = stackalloc int[Math.Min(batch.Capacity, end - first)];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = first + i;
        batch.Load(rows, numbers);
        whole.Feedforward(batch);
    }

    private static void Check(Network network, int inputs, int outputs, int threads)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        int rows = inputs / network.InputCount;
        if (rows * network.InputCount != inputs)
            throw new ArgumentException($"The network takes rows of {network.InputCount} inputs; {inputs} are no whole number of rows.");
        if (outputs != (long)rows * network.OutputCount)
            throw new ArgumentException($"{rows} rows give {(long)rows * network.OutputCount} activations, but there is room for {outputs}.");
    }
}
