using Microsoft.ML;
using Microsoft.ML.OnnxRuntime;

namespace NeuralDigits.ML.Tests;

/// <summary>What ONNX Runtime reads in a file that <see cref="OnnxFile"/> wrote.</summary>
public sealed class OnnxFileTests
{
    [Fact]
    public void Inputs_and_outputs_have_their_names_types_and_shapes_with_any_number_of_rows()
    {
        using var model = new OnnxModel(OnnxFile.Write(RandomModel.Create([4, 5, 3])));

        Assert.Equal(["features: Single [N, 4]"], Describe(model.Session.InputNames, model.Session.InputMetadata));
        Assert.Equal(
            ["scores: Single [N, 3]", "label: Int64 [N]", "activations: Single [N, 3]"],
            Describe(model.Session.OutputNames, model.Session.OutputMetadata));
        foreach (int rows in new[] { 1, 2, 33 })
            Assert.Equal(rows, model.Score(RandomModel.Features(4 * rows)).Labels.Count);
    }

    [Fact]
    public void The_metadata_say_what_inputs_and_outputs_mean()
    {
        var network = new Network([new Layer(2, 2, [1, 2, 3, 4], [0, 0])]);
        using var model = new OnnxModel(OnnxFile.Write(new Model(network, ["Katze", "Öl \"\0"], Model.PixelScaling)));

        ModelMetadata metadata = model.Session.ModelMetadata;

        Assert.Equal("NeuralDigits", metadata.ProducerName);
        Assert.Equal("A network of sigmoid neurons, [2, 2].", metadata.Description);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["format"] = "neuraldigits",
                ["format_version"] = "1",
                ["sizes"] = "2,2",
                ["activation"] = "sigmoid",
                ["labels"] = """["Katze","\u00D6l \u0022\u0000"]""",
                ["input_scaling"] = "pixel / 255",
            },
            metadata.CustomMetadataMap);
    }

    [Fact]
    public void Opset_13_and_IR_version_7_are_written_and_the_same_model_gives_the_same_bytes()
    {
        byte[] file = OnnxFile.Write(RandomModel.Create([4, 5, 3]));

        Assert.Equal([0x08, 7, 0x12, 12, .. "NeuralDigits"u8], file[..16]);
        byte[] opset = [0x42, 4, 0x0A, 0, 0x10, 13];
        Assert.True(file.AsSpan().IndexOf(opset) > 0);
        Assert.Equal(file, OnnxFile.Write(RandomModel.Create([4, 5, 3])));
    }

    [Fact]
    public void Activations_are_those_of_the_network()
    {
        Model model = RandomModel.Create([6, 9, 4]);
        float[] features = RandomModel.Features(6);
        var expected = new float[4];
        model.Network.Feedforward(features, expected);

        using var onnx = new OnnxModel(OnnxFile.Write(model));

        Assert.All(expected.Zip(onnx.Activations(features)), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    [Fact]
    public void Of_equal_activations_the_first_is_the_label()
    {
        using var model = new OnnxModel(OnnxFile.Write(Constant(-1, 3, 3, 2)));

        Assert.Equal(1, Assert.Single(model.Score([0]).Labels));
    }

    [Fact]
    public void Scores_of_activations_near_0_are_right_in_all_their_digits()
    {
        Model model = Constant(-20, -21, -22);
        var expected = new float[3];
        model.Network.Feedforward([0], expected);
        Scores.Normalize(expected, expected);

        using var onnx = new OnnxModel(OnnxFile.Write(model));

        Assert.All(expected.Zip(onnx.Score([0]).Scores), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    [Fact]
    public void Where_all_activations_are_0_every_class_scores_the_same()
    {
        using var model = new OnnxModel(OnnxFile.Write(Constant(-300, -200, -400, -300)));

        Scored scored = model.Score([0, 1]);

        Assert.All(scored.Scores, score => Assert.Equal(0.25f, score));
        Assert.Equal([0, 0], scored.Labels);
    }

    /// <remarks>It knows no transformers but ML.NET's own. What it must not do is to take their results for columns of the user.</remarks>
    [Fact]
    public void The_converter_of_ML_NET_refuses_what_it_cannot_convert_instead_of_leaving_it_out()
    {
        var mlContext = new MLContext(seed: 1);
        IDataView data = mlContext.Data.LoadFromEnumerable(Animals.Rows());
        ITransformer pipeline = mlContext.Transforms.NormalizeMinMax("Features").Fit(data)
            .Append(new SigmoidMlpTransformer(RandomModel.Create([4, 3])));

        using var file = new MemoryStream();
        var error = Assert.Throws<InvalidOperationException>(() => mlContext.Model.ConvertToOnnx(pipeline, data, file));

        Assert.Contains("can not be fully converted into a well-defined ONNX model", error.Message, StringComparison.Ordinal);
    }

    /// <summary>A model that gives the same whatever its only feature is.</summary>
    private static Model Constant(params float[] weightedInputs) => new(
        new Network([new Layer(1, weightedInputs.Length, new float[weightedInputs.Length], weightedInputs)]),
        RandomModel.Labels(weightedInputs.Length),
        Model.NoScaling);

    private static IEnumerable<string> Describe(IEnumerable<string> names, IReadOnlyDictionary<string, NodeMetadata> metadata) => names.Select(name =>
        $"{name}: {metadata[name].ElementType.Name} [{string.Join(", ", metadata[name].Dimensions.Zip(
            metadata[name].SymbolicDimensions, (size, symbol) => size < 0 ? symbol : $"{size}"))}]");
}
