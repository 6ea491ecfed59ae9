using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace NeuralDigits;

/// <summary>How far the threads are that train a stretch of an epoch together.</summary>
/// <param name="order">The examples to take, in order.</param>
/// <param name="size">The examples in a mini-batch; the last may have fewer.</param>
/// <param name="threads">How many threads there are.</param>
/// <param name="clock">Where time is read.</param>
/// <param name="cancellation">Stops them.</param>
internal sealed class EpochProgress(ReadOnlyMemory<int> order, int size, int threads, TimeProvider clock, CancellationToken cancellation)
{
    // Until then a core has fetched the weights of its neurons from where they were changed last.
    private const int MostUnmeasured = 64;

    private readonly SpinBarrier _barrier = new(threads);

    private long _start;
    private TimeSpan _elapsed;

    // The mini-batch to stop in.
    private int _last = int.MaxValue;

    /// <summary>The number of mini-batches.</summary>
    public int Count => (order.Length + size - 1) / size;

    /// <summary>The cost of all examples, by their weights: at first of those before, in the end also of those that the threads have taken.</summary>
    public double Cost { get; set; }

    /// <summary>The mini-batch from which on time is measured: so short a stretch as a trial would seem slow, were its start counted.</summary>
    public int MeasuredFrom => Math.Min(Count / 2, MostUnmeasured);

    /// <summary>How long an example has taken, in seconds, from <see cref="MeasuredFrom"/> on.</summary>
    public double SecondsPerExample => _elapsed.TotalSeconds / (order.Length - (MeasuredFrom * size));

    /// <summary>Why a thread failed, if one did.</summary>
    public ExceptionDispatchInfo? Failure { get; private set; }

    /// <summary>The examples of a mini-batch; none behind the last.</summary>
    [MethodImpl(HotPath.Code)]
    public ReadOnlySpan<int> Rows(int number)
    {
        int start = Math.Min(number * size, order.Length);
        return order.Span.Slice(start, Math.Min(size, order.Length - start));
    }

    /// <summary>Tells that time is to be measured from now on.</summary>
    public void Measure() => _start = clock.GetTimestamp();

    /// <summary>Tells that all mini-batches are through.</summary>
    public void StopMeasuring() => _elapsed = clock.GetElapsedTime(_start);

    /// <summary>Tells the others that a thread has done what they wait for.</summary>
    public void Arrive(int thread) => _barrier.Arrive(thread);

    /// <summary>Looks ahead whether the others have arrived: a thread that asks in time need not wait for the answer.</summary>
    public void PrefetchArrivals() => _barrier.PrefetchArrivals();

    /// <summary>Waits until all threads have arrived as often as a thread has.</summary>
    /// <returns>False if one has failed.</returns>
    public bool Wait(int thread) => _barrier.Wait(thread);

    /// <summary>Stops all threads in a mini-batch that the first one begins, if the cost so far is NaN.</summary>
    /// <exception cref="OperationCanceledException">The training is cancelled.</exception>
    [MethodImpl(HotPath.Code)]
    public void StopIfNeeded(int number, double cost)
    {
        if (double.IsNaN(cost))
            _last = number;
        cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>
    /// Whether all threads stop in a mini-batch, to be asked behind its barrier. One that is late asks when the first one has begun the next
    /// mini-batch: it must not hear of a stop there before it has arrived there, too.
    /// </summary>
    public bool IsStoppedIn(int number) => number >= _last;

    /// <summary>Stops all threads at once, because one has failed.</summary>
    public void Fail(Exception exception)
    {
        lock (_barrier)
            Failure ??= ExceptionDispatchInfo.Capture(exception);
        _barrier.Break();
    }
}
