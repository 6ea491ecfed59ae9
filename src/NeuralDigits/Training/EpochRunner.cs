namespace NeuralDigits;

/// <summary>Goes through the training set once, mini-batch by mini-batch, and changes the network as it goes.</summary>
internal sealed class EpochRunner : IDisposable
{
    // The threads are chosen anew for each stretch.
    private const int StretchesPerEpoch = 4;
    private const int TrialsPerStretch = 8;

    // To wake a thread, and to bring to its core what it needs, takes some tenths of a millisecond.
    private const double LeastSecondsTogether = 0.05;

    private readonly Network _network;
    private readonly Network _shared;
    private readonly WorkerThreads _alone;
    private readonly WorkerThreads _together;
    private readonly ThreadChoice _choice;
    private readonly int _threads;
    private readonly TimeProvider _clock;
    private readonly int _miniBatchSize;
    private readonly double _totalWeight;

    // In the last stretch.
    private double _secondsPerExample;

    /// <param name="network">The network to change, laid out for one thread.</param>
    /// <param name="training">The examples.</param>
    /// <param name="options">How to train.</param>
    /// <param name="split">How the work may be split.</param>
    public EpochRunner(Network network, ExampleSet training, TrainingOptions options, Split split)
    {
        _network = network;
        _shared = NetworkSlice.IsLaidOut(network, split.Threads) ? network : NetworkSlice.LayOut(network, split.Threads);
        _alone = new WorkerThreads(EpochWorker.Crew(network, training, options, Split.None));
        _together = split.Threads == 1 ? _alone : new WorkerThreads(EpochWorker.Crew(_shared, training, options, split));
        _choice = new ThreadChoice(split.Threads);
        _threads = options.Threads;
        _clock = options.Clock;
        _miniBatchSize = Math.Min(options.MiniBatchSize, training.Count);
        _totalWeight = TotalWeight(training);
    }

    /// <summary>How many of the threads have nothing to do in the next stretch of an epoch.</summary>
    public int IdleThreads => _threads - _choice.Next();

    /// <summary>Takes the examples in the given order.</summary>
    /// <param name="order">The examples.</param>
    /// <param name="cancellation">Stops between two mini-batches.</param>
    /// <param name="makeRoom">
    /// Is told before each stretch how many threads it leaves idle, and tells whether they have other work. May be null.
    /// </param>
    /// <param name="used">Is told, every now and then, which of them this epoch needs no more. May be null.</param>
    /// <returns>The mean cost of the examples by their weights, each before the update by its mini-batch; NaN as soon as one is.</returns>
    public double Run(
        ReadOnlyMemory<int> order, CancellationToken cancellation, Func<int, bool>? makeRoom = null, Action<ReadOnlyMemory<int>>? used = null)
    {
        int miniBatches = (order.Length + _miniBatchSize - 1) / _miniBatchSize;
        int stretch = (miniBatches + StretchesPerEpoch - 1) / StretchesPerEpoch;
        double cost = 0;
        Network latest = _network;
        int length;
        for (int start = 0; start < order.Length && !double.IsNaN(cost); start += length)
        {
            int threads = _choice.Next();
            length = (int)Math.Min((double)Length(stretch, threads, mayBeLong: used is null) * _miniBatchSize, order.Length - start);
            bool hasCompany = makeRoom?.Invoke(_threads - threads) ?? false;
            latest = HandOver(latest, threads == 1 ? _network : _shared);
            var progress = new EpochProgress(order.Slice(start, length), _miniBatchSize, threads, _clock, cancellation) { Cost = cost };
            (threads == 1 ? _alone : _together).Run(progress);
            cost = progress.Cost;
            _secondsPerExample = progress.SecondsPerExample;
            _choice.Note(threads, _secondsPerExample, hasCompany);
            used?.Invoke(order.Slice(start, length));
        }

        HandOver(latest, _network);
        return cost / _totalWeight;
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        _alone.Dispose();
        _together.Dispose();
    }

    // In mini-batches; longer than it was asked for if to wake threads would take much of it.
    private int Length(int stretch, int threads, bool mayBeLong)
    {
        if (_choice.IsTrial)
            return (stretch + TrialsPerStretch - 1) / TrialsPerStretch;
        return threads > 1 && mayBeLong ? Math.Max(stretch, (int)(LeastSecondsTogether / (_secondsPerExample * _miniBatchSize))) : stretch;
    }

    private static Network HandOver(Network latest, Network next)
    {
        if (next != latest)
            next.CopyFrom(latest);
        return next;
    }

    private static double TotalWeight(ExampleSet training)
    {
        double total = 0;
        for (int row = 0; row < training.Count; row++)
            total += training.Weight(row);
        return total;
    }
}
