using Microsoft.ML;
using Microsoft.ML.Data;

namespace NeuralDigits.ML;

/// <summary>Scores the row that another row or cursor is at. All outputs of a row come from one forward pass.</summary>
internal sealed class RowScorer
{
    private readonly DataViewRow _row;
    private readonly ValueGetter<VBuffer<float>> _readFeatures;
    private readonly ForwardPass _forward;
    private readonly float[] _dense;
    private readonly float[] _activations;
    private readonly float[] _scores;
    private VBuffer<float> _features;
    private uint _predictedLabel;
    private long? _scoredPosition;

    /// <param name="row">Where the features are read.</param>
    /// <param name="schema">The columns.</param>
    public RowScorer(DataViewRow row, ScoreSchema schema)
    {
        Network network = schema.Parameters.Network;
        _row = row;
        _readFeatures = row.GetGetter<VBuffer<float>>(schema.Features);
        _forward = new ForwardPass(network);
        _dense = new float[network.InputCount];
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
        _readFeatures(ref _features);
        if (_features.Length != _dense.Length)
            throw new InvalidDataException($"Row {_row.Position} has {_features.Length} features; the network takes {_dense.Length}.");

        if (FeatureRange.FirstBeyond(_features.GetValues(), FeatureRange.Finite) >= 0)
        {
            Array.Fill(_activations, float.NaN);
            Array.Fill(_scores, float.NaN);
            _predictedLabel = 0;
        }
        else
        {
            _forward.Run(Dense()).CopyTo(_activations);
            _predictedLabel = (uint)Scores.ArgMax(_activations) + 1;
            Scores.Normalize(_activations, _scores);
        }

        _scoredPosition = _row.Position;
    }

    private ReadOnlySpan<float> Dense()
    {
        if (_features.IsDense)
            return _features.GetValues();
        _features.CopyTo(_dense);
        return _dense;
    }
}
