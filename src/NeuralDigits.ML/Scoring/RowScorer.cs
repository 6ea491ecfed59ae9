using Microsoft.ML;
using Microsoft.ML.Data;

namespace NeuralDigits.ML;

/// <summary>Scores one row at a time.</summary>
internal sealed class RowScorer : Scorer
{
    private readonly DataViewRow _row;
    private readonly ValueGetter<VBuffer<float>> _readFeatures;
    private readonly ForwardPass _forward;
    private readonly float[] _dense;
    private VBuffer<float> _features;

    /// <param name="row">Where the features are read.</param>
    /// <param name="schema">The columns.</param>
    public RowScorer(DataViewRow row, ScoreSchema schema)
        : base(row, schema.Parameters.Network)
    {
        _row = row;
        _readFeatures = row.GetGetter<VBuffer<float>>(schema.Features);
        _forward = new ForwardPass(schema.Parameters.Network);
        _dense = new float[schema.Parameters.Network.InputCount];
    }

    protected override bool TryFeedforward(Span<float> activations)
    {
        _readFeatures(ref _features);
        if (!TryTake(_features, _row.Position, _dense))
            return false;
        _forward.Run(_dense).CopyTo(activations);
        return true;
    }
}
