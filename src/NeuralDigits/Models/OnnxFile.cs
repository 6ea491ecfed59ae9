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
/// ONNX Runtime is led to add in the order of this library, by fused multiply-add, so that on processors that have one its scores are within
/// 1e-6 of this library's for a network such as that for MNIST. A runtime that adds in another order, as on the web, differs by up to 1e-5,
/// which is as far as either is from exact arithmetic. The label could differ only where the two largest activations lie as close together as
/// that. An activation below 1e-38 is 0.
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
        OnnxLayer[] layers = LayersOf(network);
        ProtobufWriter graph = OnnxMessages.Graph(
            "network",
            [.. layers.SelectMany(layer => layer.Nodes), .. OutputNodes()],
            [
                .. ModelFile.TensorsOf(network).Select(OnnxMessages.Initializer), .. layers.SelectMany(layer => layer.Constants),
                .. Constants(network.OutputCount),
            ],
            [OnnxMessages.Rows(FeaturesInput, OnnxMessages.Float, network.InputCount, $"Input scaling: {model.InputScaling}.")],
            [
                OnnxMessages.Rows(ScoresOutput, OnnxMessages.Float, network.OutputCount, "The activations divided by their sum."),
                OnnxMessages.Rows(LabelOutput, OnnxMessages.Int64, rowLength: null, "The index of the largest activation; of equals, the first."),
                OnnxMessages.Rows(ActivationsOutput, OnnxMessages.Float, network.OutputCount, "What the output neurons put out, from 0 to 1."),
            ]);
        string description = $"A network of sigmoid neurons, [{string.Join(", ", network.Sizes)}].";
        return OnnxMessages.Model(IrVersion, Opset, Producer, description, graph, ModelFile.MetadataOf(model)).ToArray();
    }

    private static OnnxLayer[] LayersOf(Network network)
    {
        var layers = new OnnxLayer[network.Layers.Count];
        string input = FeaturesInput;
        for (int l = 0; l < layers.Length; l++)
        {
            string output = l == layers.Length - 1 ? ActivationsOutput : string.Create(CultureInfo.InvariantCulture, $"layer{l + 1}.activations");
            layers[l] = new OnnxLayer(network.Layers[l], l, input, output);
            input = output;
        }

        return layers;
    }

    private static IEnumerable<ProtobufWriter> OutputNodes() =>
    [
        OnnxMessages.Node("ArgMax", [ActivationsOutput], LabelOutput, ("axis", 1), ("keepdims", 0), ("select_last_index", 0)),
        OnnxMessages.Node("ReduceSum", [ActivationsOutput, "axis_of_classes"], "sum", ("keepdims", 1)),
        OnnxMessages.Node("Equal", ["sum", "zero"], "all_are_zero"),
        OnnxMessages.Node("Div", [ActivationsOutput, "sum"], "share_of_sum"),
        OnnxMessages.Node("Where", ["all_are_zero", "equal_share", "share_of_sum"], ScoresOutput),
    ];

    private static IEnumerable<ProtobufWriter> Constants(int classCount) =>
    [
        OnnxMessages.Integers("axis_of_classes", 1),
        OnnxMessages.Initializer(new Tensor("zero", [], [0])),
        OnnxMessages.Initializer(new Tensor("one", [], [1])),
        OnnxMessages.Initializer(new Tensor("equal_share", [], [1f / classCount])),
    ];
}
