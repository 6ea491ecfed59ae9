namespace NeuralDigits;

/// <summary>What is known after an epoch.</summary>
/// <param name="Epoch">Which one, from 0.</param>
/// <param name="TrainingCost">
/// The mean cost of the training examples, each taken when its mini-batch came up: while the network was still learning.
/// </param>
/// <param name="Validation">The evaluation on the validation set after the epoch; null without a validation set.</param>
/// <param name="Elapsed">
/// How long the epoch took: its training, and its evaluation but for what ran beside the training of the next epoch. So the times of all
/// epochs add up to what the training took.
/// </param>
public sealed record EpochReport(int Epoch, double TrainingCost, EvaluationResult? Validation, TimeSpan Elapsed);
