namespace NeuralDigits.Cli;

/// <summary>The last line of a terminal, drawn again and again while something goes on. Says nothing anywhere else.</summary>
/// <remarks>Redrawn at most ten times a second, so that drawing never slows the work.</remarks>
internal sealed class StatusLine(CommandEnvironment environment)
{
    private const string EraseLine = "\r\u001b[K";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.1);

    private readonly Lock _lock = new();
    private long? _lastDrawn;

    public void Show(string text)
    {
        if (!environment.HasTerminal)
            return;
        lock (_lock)
        {
            if (_lastDrawn is { } last && environment.Clock.GetElapsedTime(last) < Interval)
                return;
            _lastDrawn = environment.Clock.GetTimestamp();
            environment.Error.Write(EraseLine + text);
        }
    }

    public void Clear()
    {
        if (!environment.HasTerminal)
            return;
        lock (_lock)
        {
            _lastDrawn = null;
            environment.Error.Write(EraseLine);
        }
    }
}
