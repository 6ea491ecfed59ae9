namespace NeuralDigits.Tests;

/// <summary>Does something with each report.</summary>
internal sealed class Teller(Action<EpochReport> then) : IProgress<EpochReport>
{
    public void Report(EpochReport value) => then(value);
}
