using System.Buffers.Binary;
using System.Globalization;

namespace NeuralDigits;

/// <summary>
/// A model as <c>model.onnx</c>: the same network for any runtime that reads ONNX, in any language, on a server, a phone or in a browser.
/// </summary>
/// <remarks>
/// <para>Opset 13 and IR version 7, those of ONNX 1.8. Rows come in batches of any size N:</para>
/// <list type="table">
/// <listheader><term>Name</term><description>What</description></listheader>
/// <item>
/// <term><c>features</c></term>
/// <description>The input, float32 [N, inputs], finite: for pixels the pixel divided by 255, else the features as they are.</description>
/// </item>
/// <item><term><c>scores</c></term><description>float32 [N, classes]: <see cref="Scores.Normalize"/>, from 0 to 1; each row sums to 1.</description></item>
/// <item><term><c>label</c></term><description>int64 [N]: <see cref="Scores.ArgMax"/>, the index of the class, from 0; of equals, the first.</description></item>
/// <item><term><c>activations</c></term><description>float32 [N, classes]: what the output neurons put out, each from 0 to 1.</description></item>
/// </list>
/// <para>
/// The model's metadata are those of <see cref="ModelFile"/>: <c>labels</c>, a JSON array, names the classes; <c>input_scaling</c> says how a
/// feature is made of what was measured. The initializers have the names of its tensors.
/// </para>
/// <para>
/// Runtimes add in another order than this library does, and round otherwise. So the last places differ: with 784 pixels, scores are within
/// 1e-5 of this library's, as these are of exact arithmetic; the label could differ only where the two largest activations lie as close
/// together as that. An activation below 1e-38 is 0.
/// </para>
/// </remarks>
public static class OnnxFile
{
    private const int IrVersion = 7;
    private const int Opset = 13;
    private const string Producer = "NeuralDigits";

    private const string FeaturesInput = "features";
    private const string ScoresOutput = "scores";
    private const string LabelOutput = "label";
    private const string ActivationsOutput = "activations";

    /// <summary>The file's content for a model. The same model gives the same bytes.</summary>
    /// <param name="model">The model.</param>
    public static byte[] Write(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        Network network = model.Network;
        ProtobufWriter graph = OnnxMessages.Graph(
            "network",
            [.. LayerNodes(network), .. OutputNodes(WeightedInputs(network.Layers.Count - 1))],
            [.. ModelFile.TensorsOf(network).Select(OnnxMessages.Initializer), .. OutputConstants(network.OutputCount)],
            [OnnxMessages.Rows(FeaturesInput, OnnxMessages.Float, network.InputCount, $"Input scaling: {model.InputScaling}.")],
            [
                OnnxMessages.Rows(ScoresOutput, OnnxMessages.Float, network.OutputCount, "The activations divided by their sum."),
                OnnxMessages.Rows(LabelOutput, OnnxMessages.Int64, rowLength: null, "The index of the largest activation; of equals, the first."),
                OnnxMessages.Rows(ActivationsOutput, OnnxMessages.Float, network.OutputCount, "What the output neurons put out, from 0 to 1."),
            ]);
        string description = $"A network of sigmoid neurons, [{string.Join(", ", network.Sizes)}].";
        return OnnxMessages.Model(IrVersion, Opset, Producer, description, graph, ModelFile.MetadataOf(model)).ToArray();
    }

    // a^l = σ(w^l a^(l-1) + b^l), up to the weighted inputs of the last layer.
    private static IEnumerable<ProtobufWriter> LayerNodes(Network network)
    {
        string input = FeaturesInput;
        for (int l = 0; l < network.Layers.Count; l++)
        {
            if (l > 0)
                yield return OnnxMessages.Node("Sigmoid", [WeightedInputs(l - 1)], input = Activations(l - 1));
            yield return OnnxMessages.Node("Gemm", [input, ModelFile.WeightName(l), ModelFile.BiasName(l)], WeightedInputs(l), ("transB", 1));
        }
    }

    // The last layer's sigmoid is spelled out, 1 / (1 + e^-z). Runtimes make their Sigmoid good to some 1e-7 and no better near 0, which is
    // enough for the next layer's sums, but not for scores: where all activations are small, their ratios would be wrong by 1e-4.
    private static IEnumerable<ProtobufWriter> OutputNodes(string weightedInputs) =>
    [
        OnnxMessages.Node("Neg", [weightedInputs], "negated"),
        OnnxMessages.Node("Exp", ["negated"], "power"),
        OnnxMessages.Node("Add", ["one", "power"], "divisor"),
        OnnxMessages.Node("Reciprocal", ["divisor"], ActivationsOutput),
        OnnxMessages.Node("ArgMax", [ActivationsOutput], LabelOutput, ("axis", 1), ("keepdims", 0), ("select_last_index", 0)),
        OnnxMessages.Node("ReduceSum", [ActivationsOutput, "axis_of_classes"], "sum", ("keepdims", 1)),
        OnnxMessages.Node("Equal", ["sum", "zero"], "all_are_zero"),
        OnnxMessages.Node("Div", [ActivationsOutput, "sum"], "share_of_sum"),
        OnnxMessages.Node("Where", ["all_are_zero", "equal_share", "share_of_sum"], ScoresOutput),
    ];

    private static IEnumerable<ProtobufWriter> OutputConstants(int classCount)
    {
        var axis = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(axis, 1);
        return
        [
            OnnxMessages.Initializer("axis_of_classes", [1], OnnxMessages.Int64, axis),
            OnnxMessages.Initializer(new Tensor("zero", [], [0])),
            OnnxMessages.Initializer(new Tensor("one", [], [1])),
            OnnxMessages.Initializer(new Tensor("equal_share", [], [1f / classCount])),
        ];
    }

    private static string Activations(int layer) => string.Create(CultureInfo.InvariantCulture, $"layer{layer + 1}.activations");

    private static string WeightedInputs(int layer) => string.Create(CultureInfo.InvariantCulture, $"layer{layer + 1}.weighted_inputs");
}
