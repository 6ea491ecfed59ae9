namespace NeuralDigits.Tests;

/// <summary>Does something with each report at once; <see cref="Progress{T}"/> would do so later and on another thread.</summary>
internal sealed class Teller<T>(Action<T> then) : IProgress<T>
{
    public void Report(T value) => then(value);
}
