namespace NeuralDigits;

/// <summary>One of the threads that train an epoch together, each with its own share of every layer's neurons.</summary>
/// <remarks>
/// A layer's update by one mini-batch is put off until its turn in the forward pass of the next one: its weights then come
/// from memory once for both. Threads meet only where a layer needs the neurons of others.
/// </remarks>
internal sealed class EpochWorker
{
    private readonly Cost _cost;
    private readonly BatchErrors _errors;
    private readonly NetworkSlice _slice;
    private readonly int _thread;
    private readonly int _lastLayer;

    private EpochWorker(Network network, Cost cost, BatchErrors errors, int thread, int threads)
    {
        _cost = cost;
        _errors = errors;
        _slice = new NetworkSlice(network, thread, threads);
        _thread = thread;
        _lastLayer = network.Layers.Count - 1;
    }

    /// <summary>As many workers as there are threads. The first tells the cost.</summary>
    public static EpochWorker[] Crew(Network network, Cost cost, int miniBatchSize, int threads)
    {
        var errors = new BatchErrors(network, miniBatchSize);
        return [.. Enumerable.Range(0, threads).Select(thread => new EpochWorker(
            network, cost, thread == 0 ? errors : errors.WithOwnOutput(network, miniBatchSize), thread, threads))];
    }

    /// <summary>Goes through the epoch. Does not throw: a failure is told to <paramref name="progress"/>.</summary>
    public void Run(EpochProgress progress)
    {
        try
        {
            progress.Load(0, _thread);
            if (!progress.Meet())
                return;
            MiniBatch? old = null;
            for (int number = 0; number < progress.Count; number++)
            {
                if (!RunMiniBatch(progress, number, old))
                    return;
                old = progress.MiniBatch(number);
            }

            // No thread reads weights any more: all may take their last step.
            if (progress.Meet())
                Update(old!);
        }
        catch (Exception exception)
        {
            progress.Fail(exception);
        }
    }

    private bool RunMiniBatch(EpochProgress progress, int number, MiniBatch? old)
    {
        if (_thread == 0)
            progress.StopIfNeeded();
        MiniBatch current = progress.MiniBatch(number);
        for (int l = 0; l <= _lastLayer; l++)
        {
            UpdateAndFeedforward(l, old, current);
            if (l == 0)
                progress.Load(number + 1, _thread);
            if (!progress.Meet())
                return false;
        }

        if (progress.IsStopped)
            return false;
        if (_thread == 0)
            progress.Cost += CostOf(current);
        return PropagateBack(progress, current);
    }

    private bool PropagateBack(EpochProgress progress, MiniBatch current)
    {
        // All threads need all of it, and it is less work than a meeting.
        _errors.StartFrom(_cost, current.Batch, current.Labels);
        for (int l = _lastLayer - 1; l >= 0; l--)
        {
            _slice.PropagateBack(l, current.Batch, _errors);
            if (l > 0 && !progress.Meet())
                return false;
        }

        return true;
    }

    private void UpdateAndFeedforward(int l, MiniBatch? old, MiniBatch? current)
    {
        if (old is not null)
            _slice.ScaleErrors(l, _errors, old.Steps);
        _slice.UpdateAndFeedforward(l, old?.Batch, _errors, current?.Batch);
    }

    private void Update(MiniBatch old)
    {
        for (int l = 0; l <= _lastLayer; l++)
            UpdateAndFeedforward(l, old, null);
    }

    private double CostOf(MiniBatch miniBatch)
    {
        double cost = 0;
        for (int s = 0; s < miniBatch.Labels.Length; s++)
            cost += _cost.Value(miniBatch.Batch.Output(s), miniBatch.Labels[s]) * miniBatch.Weights[s];
        return cost;
    }
}
