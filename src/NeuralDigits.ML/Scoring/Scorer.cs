using Microsoft.ML;
using Microsoft.ML.Data;

namespace NeuralDigits.ML;

/// <summary>Gives the scores of the row that another row or cursor is at. All outputs of a row come from one forward pass.</summary>
internal abstract class Scorer
{
    private readonly DataViewRow _row;
    private readonly float[] _activations;
    private readonly float[] _scores;
    private uint _predictedLabel;
    private long? _scoredPosition;

    /// <param name="row">Whose scores are given.</param>
    /// <param name="network">The network.</param>
    protected Scorer(DataViewRow row, Network network)
    {
        _row = row;
        _activations = new float[network.OutputCount];
        _scores = new float[network.OutputCount];
    }

    /// <summary>The key of the class with the largest score; 0, a missing key, where a feature is not finite.</summary>
    public void GetPredictedLabel(ref uint predictedLabel)
    {
        ScoreRow();
        predictedLabel = _predictedLabel;
    }

    /// <summary>The scores of the classes, which sum to 1; NaN where a feature is not finite.</summary>
    public void GetScore(ref VBuffer<float> score)
    {
        ScoreRow();
        Copy(_scores, ref score);
    }

    /// <summary>The activations of the output neurons; NaN where a feature is not finite.</summary>
    public void GetActivations(ref VBuffer<float> activations)
    {
        ScoreRow();
        Copy(_activations, ref activations);
    }

    /// <summary>The activations of the output neurons for the present row.</summary>
    /// <returns>Whether there are any: all features are finite.</returns>
    protected abstract bool TryFeedforward(Span<float> activations);

    /// <summary>Takes over the features of a row.</summary>
    /// <param name="features">The features.</param>
    /// <param name="position">The position of the row, for the message.</param>
    /// <param name="dense">Where they go.</param>
    /// <returns>Whether all are finite.</returns>
    /// <exception cref="InvalidDataException">There are more or fewer than the network takes.</exception>
    protected static bool TryTake(in VBuffer<float> features, long position, Span<float> dense)
    {
        if (features.Length != dense.Length)
            throw new InvalidDataException($"Row {position} has {features.Length} features; the network takes {dense.Length}.");
        features.CopyTo(dense);
        return FeatureRange.FirstBeyond(features.GetValues(), FeatureRange.Finite) < 0;
    }

    private static void Copy(float[] values, ref VBuffer<float> destination)
    {
        VBufferEditor<float> editor = VBufferEditor.Create(ref destination, values.Length);
        values.CopyTo(editor.Values);
        destination = editor.Commit();
    }

    private void ScoreRow()
    {
        if (_scoredPosition == _row.Position)
            return;
        if (TryFeedforward(_activations))
        {
            _predictedLabel = (uint)Scores.ArgMax(_activations) + 1;
            Scores.Normalize(_activations, _scores);
        }
        else
        {
            _predictedLabel = 0;
            Array.Fill(_activations, float.NaN);
            Array.Fill(_scores, float.NaN);
        }

        _scoredPosition = _row.Position;
    }
}
