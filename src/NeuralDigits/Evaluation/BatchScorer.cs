using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace NeuralDigits;

/// <summary>
/// Takes many rows at once through a network, on several threads. For one row at a time: <see cref="ForwardPass"/>.
/// </summary>
/// <remarks>Keeps its buffers for the next call. May be used from many threads at once.</remarks>
public sealed class BatchScorer
{
    // Enough rows to use a weight several times while it is in the cache; whole groups of those that the kernels take together.
    private const int BatchSize = 40;

    // What one thread takes at a time.
    private const int BlockSize = 2 * BatchSize;

    private readonly Network _network;
    private readonly int _threads;
    private readonly ConcurrentBag<Worker> _idle = [];

    /// <summary>Makes a scorer.</summary>
    /// <param name="network">The network; a change of its parameters is seen by the next call.</param>
    /// <param name="threads">How many threads share the work, at least 1. The result is the same for any number.</param>
    public BatchScorer(Network network, int threads)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        _network = network;
        _threads = threads;
    }

    /// <summary>The activations of the output layer for rows of features.</summary>
    /// <param name="features">[rows, inputs], row-major.</param>
    /// <param name="activations">The result, [rows, outputs]: values from 0 to 1.</param>
    /// <exception cref="ArgumentException">The features are not whole rows, or the room for the result is not as large as it must be.</exception>
    public void Score(ReadOnlyMemory<float> features, Memory<float> activations)
    {
        Check(features.Length, activations.Length);
        Score(new FeatureRows(features, _network.InputCount), activations);
    }

    /// <summary>The activations of the output layer for images.</summary>
    /// <param name="pixels">[images, inputs], row-major; each pixel is read as the feature that <see cref="Pixel"/> makes of it.</param>
    /// <param name="activations">The result, [images, outputs]: values from 0 to 1.</param>
    /// <exception cref="ArgumentException">The pixels are not whole images, or the room for the result is not as large as it must be.</exception>
    public void Score(ReadOnlyMemory<byte> pixels, Memory<float> activations)
    {
        Check(pixels.Length, activations.Length);
        Score(new PixelRows(pixels, _network.InputCount), activations);
    }

    /// <summary>Takes all rows through the network, and hands over each batch of consecutive ones with the number of its first.</summary>
    /// <remarks>
    /// Batches of one block are handed over one after the other; those of different blocks may come at once. A block starts at each
    /// multiple of <paramref name="blockSize"/>.
    /// </remarks>
    /// <exception cref="OperationCanceledException">Cancelled, between two batches.</exception>
    internal void ForEachBatch(InputRows rows, int blockSize, Action<int, Batch> then, CancellationToken cancellation) => Parallel.For(
        0,
        (rows.Count + blockSize - 1) / blockSize,
        new ParallelOptions { MaxDegreeOfParallelism = _threads, CancellationToken = cancellation },
        () => _idle.TryTake(out Worker? idle) ? idle : new Worker(_network),
        (block, _, worker) =>
        {
            worker.Run(rows, block * blockSize, Math.Min((block + 1) * blockSize, rows.Count), then, cancellation);
            return worker;
        },
        _idle.Add);

    private void Score(InputRows rows, Memory<float> activations) => ForEachBatch(
        rows,
        BlockSize,
        [MethodImpl(HotPath.Code)] (first, batch) =>
        {
            for (int i = 0; i < batch.Count; i++)
                batch.Output(i).CopyTo(activations.Span[((first + i) * _network.OutputCount)..]);
        },
        CancellationToken.None);

    private void Check(int inputs, int outputs)
    {
        int rows = inputs / _network.InputCount;
        if (rows * _network.InputCount != inputs)
            throw new ArgumentException($"The network takes rows of {_network.InputCount} inputs; {inputs} are no whole number of rows.");
        if (outputs != (long)rows * _network.OutputCount)
            throw new ArgumentException($"{rows} rows give {(long)rows * _network.OutputCount} activations, but there is room for {outputs}.");
    }

    /// <summary>The buffers of one thread.</summary>
    private sealed class Worker(Network network)
    {
        private readonly NetworkSlice _whole = new(network);
        private readonly int[] _numbers = new int[BatchSize];
        private Batch? _batch;

        [MethodImpl(HotPath.Code)]
        public void Run(InputRows rows, int first, int end, Action<int, Batch> then, CancellationToken cancellation)
        {
            if (_batch?.IsMadeFor(rows) != true)
                _batch = new Batch(network, BatchSize, rows);
            for (; first < end; first += _batch.Count)
            {
                cancellation.ThrowIfCancellationRequested();
                Span<int> numbers = _numbers.AsSpan(0, Math.Min(BatchSize, end - first));
                for (int i = 0; i < numbers.Length; i++)
                    numbers[i] = first + i;
                _batch.Load(rows, numbers);
                _whole.Feedforward(_batch);
                then(first, _batch);
            }
        }
    }
}
