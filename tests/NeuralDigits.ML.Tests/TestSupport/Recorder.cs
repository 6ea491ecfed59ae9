namespace NeuralDigits.ML.Tests;

/// <summary>Keeps what is reported, at once and in order; <see cref="Progress{T}"/> does neither.</summary>
internal sealed class Recorder<T>(Action<T>? then = null) : IProgress<T>
{
    public List<T> Reports { get; } = [];

    public void Report(T value)
    {
        Reports.Add(value);
        then?.Invoke(value);
    }
}
