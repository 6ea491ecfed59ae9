namespace NeuralDigits;

/// <summary>
/// Whether to train on all threads or on one: whichever was faster of late. Threads that wait for one another every few
/// microseconds lose more than they win when another program takes one of their cores away.
/// </summary>
internal sealed class ThreadChoice(int threads)
{
    // How many slow stretches of all threads, with no fast one between them, speak against them: one or two may be accidents.
    private const int SlowStretches = 3;

    // How many stretches one thread goes on before all are tried again; twice as many after each attempt in vain.
    private const int FirstPatience = 8;

    private double? _alone;
    private bool _isWarm;
    private bool _isWarmTogether;
    private int _slowStretches;
    private int _stretchesAlone;
    private int _patience = FirstPatience;

    /// <summary>Whether the next stretch is only to tell how fast all threads are: if they are slow, little of it is enough to know.</summary>
    public bool IsTrial => Next() > 1 && (!_isWarmTogether || _stretchesAlone > 0 || _slowStretches > 0);

    /// <summary>The number of threads for the next stretch of an epoch: one or all.</summary>
    public int Next()
    {
        // Between two slow stretches, one thread goes on for a stretch: what made all threads slow may make one slow, too, or may be over then.
        int patience = _slowStretches == 0 ? 0 : _slowStretches < SlowStretches ? 1 : _patience;
        return _isWarm && _alone is not null && _stretchesAlone >= patience ? threads : 1;
    }

    /// <summary>Takes note of how a stretch went.</summary>
    /// <param name="used">The number of threads that it ran on.</param>
    /// <param name="time">Its time for each example, in any unit.</param>
    /// <param name="hadCompany">
    /// Whether other work went on meanwhile, on other threads: they may share a core with these, so that a slow stretch says nothing.
    /// </param>
    public void Note(int used, double time, bool hadCompany = false)
    {
        // Code is compiled when it first runs, for panels of each width: that time says nothing.
        if (!_isWarm)
            _isWarm = true;
        else if (used == 1)
            NoteAlone(hadCompany ? _alone ?? time : time);
        else if (!_isWarmTogether)
            _isWarmTogether = true;
        else if (time <= _alone || !hadCompany)
            NoteTogether(isSlow: time > _alone);
    }

    private void NoteAlone(double time)
    {
        _alone = time;
        _stretchesAlone++;
    }

    private void NoteTogether(bool isSlow)
    {
        if (_slowStretches >= SlowStretches)
            _patience = isSlow ? 2 * _patience : FirstPatience;
        _stretchesAlone = 0;
        _slowStretches = isSlow ? _slowStretches + 1 : 0;
    }
}
