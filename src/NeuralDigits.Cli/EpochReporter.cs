using System.Globalization;

namespace NeuralDigits.Cli;

/// <summary>A line for each epoch, in the ancestor's form with more behind it; log readers rely on its order of fields.</summary>
internal sealed class EpochReporter(int epochs, CommandEnvironment environment) : IProgress<EpochReport>
{
    private readonly StatusLine _status = new(environment);
    private readonly List<EpochReport> _history = [];
    private TimeSpan _elapsed;

    /// <summary>All reports so far.</summary>
    public IReadOnlyList<EpochReport> History => _history;

    public void Report(EpochReport value)
    {
        _history.Add(value);
        _elapsed += value.Elapsed;
        _status.Clear();
        EvaluationResult validation = value.Validation!;
        environment.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Epoch {value.Epoch}: {validation.Correct} / {validation.Count}  cost {validation.Cost:0.0000}  {value.Elapsed.TotalSeconds:0.000} s"));

        int done = value.Epoch + 1;
        double left = (_elapsed / done * (epochs - done)).TotalSeconds;
        _status.Show(string.Create(CultureInfo.InvariantCulture, $"{done} of {epochs} epochs, {left:0.0} s left"));
    }

    /// <summary>A line of its own among those of the epochs, for what may be wrong.</summary>
    public void Warn(string message)
    {
        _status.Clear();
        environment.Error.WriteLine($"warning: {message}");
    }

    public void End() => _status.Clear();
}
