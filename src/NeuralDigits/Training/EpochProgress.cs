using System.Runtime.ExceptionServices;

namespace NeuralDigits;

/// <summary>What the threads that train an epoch together share: the mini-batches, and how far they are.</summary>
internal sealed class EpochProgress(MiniBatch[] miniBatches, ReadOnlyMemory<int> order, int threads, CancellationToken cancellation)
{
    /// <summary>The one to learn from, the present one, and the next one, which is being loaded.</summary>
    public const int MiniBatchesInUse = 3;

    private readonly int _size = miniBatches[0].Batch.Capacity;
    private readonly SpinBarrier _barrier = new(threads);

    /// <summary>The number of mini-batches.</summary>
    public int Count => (order.Length + _size - 1) / _size;

    /// <summary>The cost of all examples so far, by their weights.</summary>
    public double Cost { get; set; }

    /// <summary>Why a thread failed, if one did.</summary>
    public ExceptionDispatchInfo? Failure { get; private set; }

    /// <summary>Whether all are to stop; for certain only behind a barrier.</summary>
    public bool IsStopped { get; private set; }

    public MiniBatch MiniBatch(int number) => miniBatches[number % MiniBatchesInUse];

    /// <summary>Loads one thread's share of a mini-batch, and prefetches the one after; where there are such.</summary>
    public void Load(int number, int thread)
    {
        MiniBatch(number).Load(Rows(number), thread, threads);
        MiniBatch(number + 1).Prefetch(Rows(number + 1), thread, threads);
    }

    /// <summary>Waits for all threads.</summary>
    /// <returns>False if one has failed.</returns>
    public bool Meet() => _barrier.Wait();

    /// <summary>Stops all threads at the next barrier if the cost is NaN or the training is cancelled.</summary>
    public void StopIfNeeded()
    {
        if (double.IsNaN(Cost))
            IsStopped = true;
        cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>Stops all threads at once, because one has failed.</summary>
    public void Fail(Exception exception)
    {
        lock (_barrier)
            Failure ??= ExceptionDispatchInfo.Capture(exception);
        _barrier.Break();
    }

    private ReadOnlySpan<int> Rows(int number)
    {
        int start = Math.Min(number * _size, order.Length);
        return order.Span.Slice(start, Math.Min(_size, order.Length - start));
    }
}
