namespace NeuralDigits;

/// <summary>
/// Whether to train on all threads or on one: whichever was faster of late. Threads that wait for one another every few
/// microseconds lose more than they win when another program takes one of their cores away.
/// </summary>
internal sealed class ThreadChoice(int threads)
{
    // How many stretches one thread goes on before all are tried again: seldom enough to cost little.
    private const int Patience = 16;

    private double? _alone;
    private double? _together;
    private bool _isWarm;
    private int _stretchesAlone;

    /// <summary>The number of threads for the next stretch of an epoch: one or all.</summary>
    public int Next()
    {
        if (threads == 1 || !_isWarm)
            return 1;
        bool isTogether = _together is null || (_alone is not null && _together < _alone) || _stretchesAlone >= Patience;
        return isTogether ? threads : 1;
    }

    /// <summary>Takes note of how a stretch went.</summary>
    /// <param name="used">The number of threads that it ran on.</param>
    /// <param name="time">Its time for each example, in any unit.</param>
    public void Note(int used, double time)
    {
        _stretchesAlone = used == 1 ? _stretchesAlone + 1 : 0;

        // Code is compiled when it first runs: that time says nothing.
        if (!_isWarm)
            _isWarm = true;
        else if (used == 1)
            _alone = time;
        else
            _together = time;
    }
}
