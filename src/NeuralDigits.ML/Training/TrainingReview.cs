using System.Globalization;
using Microsoft.ML.Runtime;

namespace NeuralDigits.ML;

/// <summary>Warns of what a training shows, when it is over, to have gone wrong.</summary>
/// <param name="result">What the training ended with.</param>
/// <param name="training">What the network learnt from.</param>
/// <param name="classes">The classes.</param>
/// <param name="options">How it was trained.</param>
/// <param name="log">The log.</param>
internal sealed class TrainingReview(
    TrainingResult result, ExampleSet training, ClassLabels classes, TrainingOptions options, IChannel log)
{
    /// <summary>
    /// Warns if the cost did not fall, or did not fall below that of a network that takes no notice of its inputs, whose neurons all put out
    /// how often their class occurs.
    /// </summary>
    /// <remarks>
    /// The second catches a learning rate so high that the first steps leave every neuron at 0 or 1 for ever: the cost falls then, once.
    /// </remarks>
    public void WarnOfCost()
    {
        // One epoch has nothing before it; a network that is trained further may have little left to learn.
        if (result.History.Count < 2 || options.InitialNetwork is not null)
            return;
        double first = result.History[0].TrainingCost;
        double last = result.History[^1].TrainingCost;
        double ofShares = CostOfShares();
        if (last < first && last < ofShares)
            return;
        log.Warning(MessageSensitivity.None, string.Create(
            CultureInfo.InvariantCulture,
            $"The network learnt little or nothing: its training cost was {first:F6} in the first epoch and {last:F6} in the last, and " +
            $"{ofShares:F6} takes no more than to put out how often each class occurs. Lower the learning rate, which is " +
            $"{options.LearningRate}; if the cost fell from epoch to epoch, train longer."));
    }

    /// <summary>Warns of outputs that are the largest for no row of the training set.</summary>
    /// <param name="cancellation">Stops the evaluation that this takes.</param>
    public void WarnOfIdleOutputs(CancellationToken cancellation)
    {
        // What wins rows of the validation set need not be asked again.
        if (result.History[^1].Validation?.CountPredictions().Contains(0) == false)
            return;
        int[] rowsWon = Evaluator.Evaluate(result.Network, training, options.Cost, options.Threads, cancellation).CountPredictions();
        int[] idle = [.. Enumerable.Range(0, classes.Count).Where(output => rowsWon[output] == 0)];
        if (idle.Length > 0)
        {
            log.Warning(
                MessageSensitivity.UserData,
                $"These outputs did not win a single row of the training set: {classes.List(idle)}. Train longer, with another learning " +
                "rate or more hidden neurons, or with more rows of these classes.");
        }
    }

    // The mean of 1/2 |y - p|² over examples, of which the share p_j is of class j: 1/2 (1 - Σ p_j²).
    private double CostOfShares()
    {
        var weights = new double[classes.Count];
        for (int row = 0; row < training.Count; row++)
            weights[training.Label(row)] += training.Weight(row);
        double total = weights.Sum();
        return (1 - weights.Sum(weight => weight / total * (weight / total))) / 2;
    }
}
