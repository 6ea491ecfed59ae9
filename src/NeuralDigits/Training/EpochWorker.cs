using System.Runtime.CompilerServices;

namespace NeuralDigits;

/// <summary>One of the threads that train together.</summary>
/// <remarks>
/// <para>
/// The neurons of the large layers are split among the threads. Small layers behind them each thread computes alone, with a
/// copy of its own: to send their weights from core to core would take longer. All copies stay equal to the last bit.
/// </para>
/// <para>
/// A layer's update by one mini-batch is put off until its turn in the forward pass of the next one: its weights then come
/// from memory once for both, and threads meet only behind a layer that is split.
/// </para>
/// </remarks>
internal sealed class EpochWorker
{
    // The mini-batch to learn from, the present one, the next, and the one behind it, whose inputs are being loaded. Another thread may still
    // be reading all but the last: with fewer its inputs would change under it.
    private const int MiniBatchesInUse = 4;

    private readonly Cost _cost;
    private readonly int _thread;
    private readonly int _splitLayers;
    private readonly Network _original;
    private readonly Network _own;
    private readonly NetworkSlice _slice;
    private readonly BatchErrors _errors;
    private readonly MiniBatch[] _miniBatches;

    // Written for every mini-batch: in the progress, which all threads read, it would be taken from their caches each time.
    private double _costSoFar;

    private EpochWorker(Network network, ExampleSet training, TrainingOptions options, Split split, int thread, EpochWorker? first)
    {
        _cost = options.Cost;
        _thread = thread;
        _splitLayers = Math.Min(split.Layers, network.Layers.Count);
        _original = network;
        _own = first is null ? network : new Network([.. network.Layers.Select((layer, l) => l < split.Layers ? layer : layer.Clone())]);
        _slice = new NetworkSlice(_own, thread, split.Threads, split.Layers);
        int size = Math.Min(options.MiniBatchSize, training.Count);
        _errors = new BatchErrors(_slice, size, first?._errors, split.Layers);

        // The first thread finds out the cost besides: of shared inputs it takes the last part, which is never the largest.
        _miniBatches =
        [
            .. Enumerable.Range(0, MiniBatchesInUse).Select(i => new MiniBatch(
                new Batch(network, size, training.Inputs, first?._miniBatches[i].Batch, split.Layers),
                training,
                options.LearningRate,
                part: split.Threads - 1 - thread,
                parts: split.Threads)),
        ];
    }

    /// <summary>As many workers as there are threads. The first changes the network itself and tells the cost.</summary>
    public static EpochWorker[] Crew(Network network, ExampleSet training, TrainingOptions options, Split split)
    {
        var first = new EpochWorker(network, training, options, split, 0, null);
        return [first, .. Enumerable.Range(1, split.Threads - 1).Select(thread => new EpochWorker(network, training, options, split, thread, first))];
    }

    /// <summary>Goes through the examples. Does not throw: a failure is told to <paramref name="progress"/>.</summary>
    [MethodImpl(HotPath.Code)]
    public void Run(EpochProgress progress)
    {
        try
        {
            RefreshCopies();
            Load(0, progress);
            Load(1, progress);
            if (!Meet(progress))
                return;
            _costSoFar = progress.Cost;
            MiniBatch? last = RunMiniBatches(progress);
            if (_thread == 0)
            {
                progress.Cost = _costSoFar;
                progress.StopMeasuring();
            }

            // No thread reads weights any more: all may take their last step.
            if (last is not null && Meet(progress))
                Update(last);
        }
        catch (Exception exception)
        {
            progress.Fail(exception);
        }
    }

    [MethodImpl(HotPath.Code)]
    private bool Meet(EpochProgress progress)
    {
        progress.Arrive(_thread);
        return progress.Wait(_thread);
    }

    // Behind the last mini-batch the examples are none.
    [MethodImpl(HotPath.Code)]
    private void Load(int number, EpochProgress progress)
    {
        MiniBatch miniBatch = _miniBatches[number % MiniBatchesInUse];
        miniBatch.Load(progress.Rows(number));
        miniBatch.Prefetch(progress.Rows(number + 1));
    }

    // Since the last time, the original may have been trained by another crew.
    private void RefreshCopies()
    {
        for (int l = _splitLayers; l < _own.Layers.Count && _own != _original; l++)
            _own.Layers[l].CopyFrom(_original.Layers[l]);
    }

    // The last one, whose step is still to be taken; null if the threads stop before.
    [MethodImpl(HotPath.Code)]
    private MiniBatch? RunMiniBatches(EpochProgress progress)
    {
        MiniBatch? old = null;
        for (int number = 0; number < progress.Count; number++)
        {
            if (_thread == 0 && number == progress.MeasuredFrom)
                progress.Measure();
            if (!RunMiniBatch(progress, number, old))
                return null;
            old = _miniBatches[number % MiniBatchesInUse];
        }

        return old;
    }

    [MethodImpl(HotPath.Code)]
    private bool RunMiniBatch(EpochProgress progress, int number, MiniBatch? old)
    {
        MiniBatch current = _miniBatches[number % MiniBatchesInUse];
        if (_thread == 0)
            progress.StopIfNeeded(number, _costSoFar);
        for (int l = 0; l < _splitLayers; l++)
        {
            if (l > 0 && !progress.Wait(_thread))
                return false;
            UpdateAndFeedforward(l, old, current);
            progress.Arrive(_thread);
        }

        // What needs nothing of the other threads comes before the waiting for them. That a part of shared inputs is loaded they hear with the
        // next arrival.
        Load(number + 2, progress);
        if (_splitLayers < _slice.Layers.Length)
            PrefetchLastSplitLayer(progress, current);
        for (int l = _splitLayers; l < _slice.Layers.Length; l++)
            UpdateAndFeedforward(l, old, null);
        if (!progress.Wait(_thread) || progress.IsStoppedIn(number))
            return false;
        for (int l = _splitLayers; l < _slice.Layers.Length; l++)
            UpdateAndFeedforward(l, null, current);
        if (_thread == 0)
            _costSoFar += CostOf(current);
        return PropagateBack(progress, current);
    }

    // The other threads have most probably arrived by now, and what lies in their cores' caches takes long to come.
    [MethodImpl(HotPath.Code)]
    private void PrefetchLastSplitLayer(EpochProgress progress, MiniBatch current)
    {
        progress.PrefetchArrivals();
        current.Batch.PrefetchActivations(_splitLayers - 1);
    }

    [MethodImpl(HotPath.Code)]
    private bool PropagateBack(EpochProgress progress, MiniBatch current)
    {
        // Every thread needs the errors of all outputs, and finds them out sooner than it could be told.
        _errors.StartFrom(_cost, current.Batch, current.Labels);
        for (int l = _slice.Layers.Length - 2; l >= 0; l--)
        {
            _slice.PropagateBack(l, current.Batch, _errors);
            if (l > 0 && l < _splitLayers && !Meet(progress))
                return false;
        }

        return true;
    }

    [MethodImpl(HotPath.Code)]
    private void UpdateAndFeedforward(int l, MiniBatch? old, MiniBatch? current)
    {
        if (old is not null)
            _slice.ScaleErrorsAndUpdateBiases(l, _errors, old.Steps);
        _slice.UpdateAndFeedforward(l, old?.Batch, _errors, current?.Batch);
    }

    private void Update(MiniBatch old)
    {
        for (int l = 0; l < _slice.Layers.Length; l++)
            UpdateAndFeedforward(l, old, null);
    }

    [MethodImpl(HotPath.Code)]
    private double CostOf(MiniBatch miniBatch)
    {
        double cost = 0;
        for (int s = 0; s < miniBatch.Labels.Length; s++)
            cost += _cost.Value(miniBatch.Batch.Output(s), miniBatch.Labels[s]) * miniBatch.Weights[s];
        return cost;
    }
}
