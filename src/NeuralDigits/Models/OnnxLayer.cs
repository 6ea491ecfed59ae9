using System.Globalization;

namespace NeuralDigits;

/// <summary>One layer as nodes of ONNX: σ(w a + b), added in the order of this library.</summary>
/// <remarks>
/// <para>
/// This library starts a sum with the bias and adds the products in ascending order, each by a fused multiply-add. ONNX Runtime's matrix
/// products do the same from 0, but no longer than for 256 products of a block of up to 64 neurons; then they begin another sum and add the
/// two. Floats being what they are, that is another number: for 784 pixels, scores would differ by 4e-6. So the nodes cut the sums into pieces
/// themselves. Each piece begins with what the one before it came to, times 1; the first one with the bias, times 1.
/// </para>
/// <para>
/// What is made of the parameters alone is made once, as a model is loaded: runtimes fold constants. So the initializers are the tensors of
/// <see cref="ModelFile"/> as they are. A runtime that adds in some other order is as right as it would be without the pieces.
/// </para>
/// </remarks>
internal sealed class OnnxLayer
{
    private const int LongestSum = 256;
    private const int LargestBlock = 64;

    private readonly int _index;
    private readonly int[] _blocks;
    private readonly int[] _pieces;
    private readonly List<ProtobufWriter> _nodes = [];
    private readonly List<ProtobufWriter> _constants = [];

    /// <summary>Describes a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="index">Its index, from 0.</param>
    /// <param name="input">The name of what goes in, [N, inputs].</param>
    /// <param name="activations">The name of what comes out, [N, outputs].</param>
    public OnnxLayer(Layer layer, int index, string input, string activations)
    {
        _index = index;
        int blockCount = (layer.OutputCount + LargestBlock - 1) / LargestBlock;
        _blocks = [.. Enumerable.Range(0, blockCount).Select(i => ((i + 1) * layer.OutputCount / blockCount) - (i * layer.OutputCount / blockCount))];
        _pieces = [.. PiecesOf(layer.InputCount + 1, LongestSum - _blocks.Max())];
        AddSigmoid(AddWeightedInputs(input), activations);
    }

    /// <summary>The nodes, in an order in which they can be computed.</summary>
    public IReadOnlyList<ProtobufWriter> Nodes => _nodes;

    /// <summary>The initializers, but for <c>one</c> and the tensors of the layer.</summary>
    public IReadOnlyList<ProtobufWriter> Constants => _constants;

    // The first piece carries nothing.
    private static IEnumerable<int> PiecesOf(int count, int size)
    {
        int length = Math.Min(count, LongestSum);
        for (int i = 0; i < count; i += length, length = Math.Min(count - i, size))
            yield return length;
    }

    // The sigmoid is spelled out, 1 / (1 + e^-z). Runtimes make their Sigmoid good to some 1e-7 and no better near 0, which is not enough for
    // scores: where all activations are small, their ratios would be wrong by 1e-4.
    private void AddSigmoid(string weightedInputs, string activations)
    {
        string negated = Add("Neg", [weightedInputs], Name("negated"));
        string power = Add("Exp", [negated], Name("power"));
        string divisor = Add("Add", ["one", power], Name("divisor"));
        Add("Reciprocal", [divisor], activations);
    }

    private string AddWeightedInputs(string input)
    {
        _constants.Add(OnnxMessages.Integers(Name("one_in_front"), 0, 1, 0, 0));
        _constants.Add(OnnxMessages.Integers(Name("column"), 1));
        _constants.Add(OnnxMessages.Integers(Name("blocks"), _blocks));
        _constants.Add(OnnxMessages.Integers(Name("pieces"), _pieces));
        foreach (int size in _blocks.Distinct())
            _constants.Add(OnnxMessages.Initializer(Identity(size)));
        string inputs = Add("Pad", [input, Name("one_in_front"), "one"], Name("one_and_inputs"));
        string bias = Add("Unsqueeze", [ModelFile.BiasName(_index), Name("column")], Name("bias_column"));
        string parameters = Add("Concat", [bias, ModelFile.WeightName(_index)], Name("bias_and_weights"), ("axis", 1));
        string[] pieces = Split(inputs, axis: 1, Name("pieces"), _pieces.Length);
        string[] blocks = Split(parameters, axis: 0, Name("blocks"), _blocks.Length);
        string[] sums = [.. blocks.Select((block, i) => AddSums(pieces, block, _blocks[i]))];
        return Add("Concat", sums, Name("weighted_inputs"), ("axis", 1));
    }

    private string AddSums(string[] inputs, string block, int size)
    {
        string[] parameters = Split(block, axis: 1, Name("pieces"), _pieces.Length);
        string sum = Add("Gemm", [inputs[0], parameters[0]], Numbered(block + ".sum", 0), ("transB", 1));
        for (int i = 1; i < inputs.Length; i++)
        {
            string left = Add("Concat", [sum, inputs[i]], Numbered(block + ".sum_and_inputs", i), ("axis", 1));
            string right = Add("Concat", [IdentityName(size), parameters[i]], Numbered(block + ".identity_and_weights", i), ("axis", 1));
            sum = Add("Gemm", [left, right], Numbered(block + ".sum", i), ("transB", 1));
        }

        return sum;
    }

    private string[] Split(string tensor, int axis, string lengths, int count)
    {
        string[] parts = [.. Enumerable.Range(0, count).Select(i => Numbered(tensor + ".part", i))];
        _nodes.Add(OnnxMessages.Node("Split", [tensor, lengths], parts, ("axis", axis)));
        return parts;
    }

    private string Add(string operation, string[] inputs, string output, params (string Name, int Value)[] attributes)
    {
        _nodes.Add(OnnxMessages.Node(operation, inputs, [output], attributes));
        return output;
    }

    private Tensor Identity(int size)
    {
        var values = new float[size * size];
        for (int i = 0; i < size; i++)
            values[(i * size) + i] = 1;
        return new Tensor(IdentityName(size), [size, size], values);
    }

    private string IdentityName(int size) => Numbered(Name("identity"), size);

    private string Name(string of) => string.Create(CultureInfo.InvariantCulture, $"layer{_index + 1}.{of}");

    private static string Numbered(string name, int number) => string.Create(CultureInfo.InvariantCulture, $"{name}{number}");
}
