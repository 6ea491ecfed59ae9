namespace NeuralDigits;

/// <summary>Runs an attempt once or several times, until it succeeds or is given up: then its exception is thrown.</summary>
/// <param name="attempt">The attempt.</param>
/// <param name="cancellation">Ends the attempts and the waiting between them.</param>
public delegate Task DownloadAttempts(Func<CancellationToken, Task> attempt, CancellationToken cancellation);
