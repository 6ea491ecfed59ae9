using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NeuralDigits;

/// <summary>How many examples of one class were taken for another. Pairs of classes that never occur take no room.</summary>
internal sealed class ConfusionCounts
{
    // By label, and by prediction within it; both in one number, so that one order serves both.
    private readonly long[] _pairs;
    private readonly int[] _counts;

    private ConfusionCounts(int classCount, Dictionary<long, int> counts)
    {
        ClassCount = classCount;
        _pairs = [.. counts.Keys.Order()];
        _counts = [.. _pairs.Select(pair => counts[pair])];
        Total = _counts.Sum();
        Correct = _pairs.Zip(_counts).Where(entry => LabelOf(entry.First) == PredictionOf(entry.First)).Sum(entry => entry.Second);
    }

    /// <summary>The number of classes.</summary>
    public int ClassCount { get; }

    /// <summary>The number of examples.</summary>
    public int Total { get; }

    /// <summary>The number of examples that were taken for what they are.</summary>
    public int Correct { get; }

    /// <summary>Counts the examples of a set.</summary>
    /// <param name="examples">The examples.</param>
    /// <param name="predictions">What each was taken for.</param>
    [MethodImpl(HotPath.Code)]
    public static ConfusionCounts Of(ExampleSet examples, ReadOnlySpan<int> predictions)
    {
        var counts = new Dictionary<long, int>();
        for (int row = 0; row < predictions.Length; row++)
            CollectionsMarshal.GetValueRefOrAddDefault(counts, Pair(examples.Label(row), predictions[row]), out _)++;
        return new ConfusionCounts(examples.ClassCount, counts);
    }

    /// <summary>Takes the counts as they are.</summary>
    /// <param name="matrix">How many of the row's class were taken for the column's, from 0; as many columns as rows.</param>
    public static ConfusionCounts Of(IReadOnlyList<IReadOnlyList<int>> matrix)
    {
        var counts = new Dictionary<long, int>();
        for (int label = 0; label < matrix.Count; label++)
        {
            for (int predicted = 0; predicted < matrix.Count; predicted++)
            {
                if (matrix[label][predicted] > 0)
                    counts.Add(Pair(label, predicted), matrix[label][predicted]);
            }
        }

        return new ConfusionCounts(matrix.Count, counts);
    }

    /// <summary>How many of one class were taken for another.</summary>
    public int Of(int label, int predicted)
    {
        int place = Array.BinarySearch(_pairs, Pair(label, predicted));
        return place < 0 ? 0 : _counts[place];
    }

    /// <summary>How many belong to a class.</summary>
    public int LabelledAs(int label)
    {
        int sum = 0;
        for (int place = FirstFrom(Pair(label, 0)); place < _pairs.Length && LabelOf(_pairs[place]) == label; place++)
            sum += _counts[place];
        return sum;
    }

    /// <summary>How many were taken for a class.</summary>
    public int PredictedAs(int predicted)
    {
        int sum = 0;
        for (int place = 0; place < _pairs.Length; place++)
            sum += PredictionOf(_pairs[place]) == predicted ? _counts[place] : 0;
        return sum;
    }

    /// <summary>How many were taken for each class.</summary>
    public int[] CountPredictions()
    {
        var counts = new int[ClassCount];
        for (int place = 0; place < _pairs.Length; place++)
            counts[PredictionOf(_pairs[place])] += _counts[place];
        return counts;
    }

    private int FirstFrom(long pair)
    {
        int place = Array.BinarySearch(_pairs, pair);
        return place < 0 ? ~place : place;
    }

    private static long Pair(int label, int predicted) => ((long)label << 32) | (uint)predicted;

    private static int LabelOf(long pair) => (int)(pair >> 32);

    private static int PredictionOf(long pair) => (int)pair;
}
