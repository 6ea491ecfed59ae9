using System.Runtime.CompilerServices;

namespace NeuralDigits;

/// <summary>Runs a network over a set of examples and counts.</summary>
public static class Evaluator
{
    // Costs are summed block by block, so the sum has one order.
    private const int BlockSize = 256;

    /// <summary>Evaluates a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="examples">The examples: at least one, with the network's numbers of features and classes.</param>
    /// <param name="cost">The cost to take the mean of.</param>
    /// <param name="threads">How many threads share the work, at least 1. The result is the same for any number.</param>
    /// <param name="cancellation">Stops the evaluation after a few dozen examples.</param>
    /// <exception cref="ArgumentException">The examples do not fit the network, or there are none.</exception>
    /// <exception cref="OperationCanceledException">The evaluation was cancelled.</exception>
    public static EvaluationResult Evaluate(
        Network network, ExampleSet examples, Cost cost, int threads, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentNullException.ThrowIfNull(cost);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        if (examples.Count == 0)
            throw new ArgumentException("There is no example to evaluate on.", nameof(examples));
        if (examples.FeatureCount != network.InputCount || examples.ClassCount != network.OutputCount)
        {
            throw new ArgumentException(
                $"The examples have {examples.FeatureCount} features and {examples.ClassCount} classes, " +
                $"the network {network.InputCount} inputs and {network.OutputCount} outputs.", nameof(examples));
        }

        var predictions = new int[examples.Count];
        var costs = new double[(examples.Count + BlockSize - 1) / BlockSize];

        [MethodImpl(HotPath.Code)]
        void Note(int first, Batch batch)
        {
            // Stored once: the costs beside it are other threads'.
            double blockCost = costs[first / BlockSize];
            for (int i = 0; i < batch.Count; i++)
            {
                predictions[first + i] = Scores.ArgMax(batch.Output(i));
                blockCost += cost.Value(batch.Output(i), examples.Label(first + i));
            }

            costs[first / BlockSize] = blockCost;
        }

        new BatchScorer(network, threads).ForEachBatch(examples.Inputs, BlockSize, Note, cancellation);
        double sum = 0;
        foreach (double blockCost in costs)
            sum += blockCost;
        return new EvaluationResult(ConfusionCounts.Of(examples, predictions), sum / examples.Count);
    }
}
