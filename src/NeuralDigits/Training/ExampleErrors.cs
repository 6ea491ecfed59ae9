namespace NeuralDigits;

/// <summary>What backpropagation finds out about one example: its inputs, activations and errors, layer by layer.</summary>
internal sealed class ExampleErrors
{
    private readonly int[] _inputIndices;
    private readonly float[] _inputValues;
    private readonly float[][] _errors;
    private readonly int[][] _errorIndices;
    private readonly IReadOnlyList<Layer> _layers;
    private int _inputCount;

    public ExampleErrors(Network network)
    {
        _layers = network.Layers;
        _inputIndices = new int[network.InputCount];
        _inputValues = new float[network.InputCount];
        _errors = [.. _layers.Select(layer => new float[layer.Stride])];
        _errorIndices = [.. _layers.Select(layer => Enumerable.Range(0, layer.OutputCount).ToArray())];
        Activations = new LayerActivations(network);
    }

    public LayerActivations Activations { get; }

    /// <summary>The inputs of a layer: a^(l-1), without the zeros where l is the first.</summary>
    public SparseRow Inputs(int layer) => layer > 0
        ? Activations.AsInputs(layer - 1)
        : new SparseRow(_inputIndices.AsSpan(0, _inputCount), _inputValues);

    /// <summary>δ^l, of shape [outputs].</summary>
    public Span<float> Error(int layer) => _errors[layer].AsSpan(0, _layers[layer].OutputCount);

    /// <summary>δ^l padded to [stride]; the padding is zero.</summary>
    public Span<float> PaddedError(int layer) => _errors[layer];

    /// <summary>δ^l as the inputs of the transposed layer.</summary>
    public SparseRow ErrorAsInputs(int layer) => new(_errorIndices[layer], _errors[layer]);

    /// <summary>Keeps a copy of the inputs until the mini-batch's update, when the row's buffer holds another one.</summary>
    public void KeepInputs(SparseRow inputs)
    {
        _inputCount = inputs.Count;
        inputs.Indices.CopyTo(_inputIndices);
        inputs.Values[..inputs.Count].CopyTo(_inputValues);
    }
}
