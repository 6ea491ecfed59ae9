namespace NeuralDigits.Benchmarks;

/// <summary>
/// A network as an ONNX file of its layers alone. <see cref="OnnxFile"/> adds scores and a label, and a runtime computes them whether they
/// are asked for or not: in a comparison with <see cref="ForwardPass"/> that would be more work than ours.
/// </summary>
internal static class OnnxLayers
{
    public const string Input = "features";
    public const string Output = "activations";

    // Those of OnnxFile.
    private const int IrVersion = 7;
    private const int Opset = 13;

    public static byte[] Write(Network network)
    {
        ProtobufWriter graph = OnnxMessages.Graph(
            "layers",
            [.. Nodes(network)],
            [.. ModelFile.TensorsOf(network).Select(OnnxMessages.Initializer)],
            [OnnxMessages.Rows(Input, OnnxMessages.Float, network.InputCount, "The inputs.")],
            [OnnxMessages.Rows(Output, OnnxMessages.Float, network.OutputCount, "What the output neurons put out.")]);
        return OnnxMessages.Model(IrVersion, Opset, "NeuralDigits.Benchmarks", "The layers of a network.", graph, []).ToArray();
    }

    private static IEnumerable<ProtobufWriter> Nodes(Network network)
    {
        string input = Input;
        for (int l = 0; l < network.Layers.Count; l++)
        {
            string weightedInput = FormattableString.Invariant($"weighted_input{l}");
            string activations = l == network.Layers.Count - 1 ? Output : FormattableString.Invariant($"activations{l}");
            yield return OnnxMessages.Node("Gemm", [input, ModelFile.WeightName(l), ModelFile.BiasName(l)], weightedInput, ("transB", 1));
            yield return OnnxMessages.Node("Sigmoid", [weightedInput], activations);
            input = activations;
        }
    }
}
