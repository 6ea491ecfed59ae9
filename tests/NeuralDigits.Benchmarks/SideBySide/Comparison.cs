namespace NeuralDigits.Benchmarks;

/// <summary>The same work, done by two.</summary>
/// <param name="What">The peer and the work, for the reader of a table.</param>
/// <param name="Peer">The peer; null where a figure stands for itself.</param>
/// <param name="Ours">This project.</param>
internal sealed record Comparison(string What, IContender? Peer, IContender Ours);
