namespace NeuralDigits;

/// <summary>
/// The threads of workers that train together. Between the stretches of an epoch they sleep: to wake one takes a fraction of the time that it
/// takes to start one.
/// </summary>
/// <param name="workers">All of them; the first one works on the thread that asks.</param>
internal sealed class WorkerThreads(EpochWorker[] workers) : IDisposable
{
    private readonly List<Helper> _helpers = [];

    /// <summary>Lets all workers go through a stretch, and waits for them.</summary>
    public void Run(EpochProgress progress)
    {
        // Not before they are needed: many a training finds one thread faster.
        while (_helpers.Count < workers.Length - 1)
            _helpers.Add(new Helper(workers[_helpers.Count + 1]));

        foreach (Helper helper in _helpers)
            helper.Begin(progress);
        workers[0].Run(progress);
        foreach (Helper helper in _helpers)
            helper.WaitUntilDone();

        progress.Failure?.Throw();
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        foreach (Helper helper in _helpers)
            helper.Dispose();
        _helpers.Clear();
    }

    private sealed class Helper : IDisposable
    {
        private readonly EpochWorker _worker;
        private readonly Thread _thread;
        private readonly SemaphoreSlim _begun = new(0);
        private readonly SemaphoreSlim _done = new(0);
        private EpochProgress? _progress;

        public Helper(EpochWorker worker)
        {
            _worker = worker;
            _thread = new Thread(RunStretches) { IsBackground = true };
            _thread.Start();
        }

        public void Begin(EpochProgress? progress)
        {
            _progress = progress;
            _begun.Release();
        }

        public void WaitUntilDone() => _done.Wait();

        public void Dispose()
        {
            Begin(null);
            _thread.Join();
            _begun.Dispose();
            _done.Dispose();
        }

        private void RunStretches()
        {
            for (_begun.Wait(); _progress is { } progress; _begun.Wait())
            {
                _worker.Run(progress);
                _done.Release();
            }
        }
    }
}
