namespace NeuralDigits.Cli;

/// <summary>A check that was asked for did not hold: the tool did its work, and the answer is no.</summary>
internal sealed class CheckFailedException(string message) : Exception(message);
