using Microsoft.ML;
using Microsoft.ML.Data;

namespace NeuralDigits.ML.Tests;

/// <summary>In memory, as safetensors, as ML.NET's zip and as ONNX, a model says the same.</summary>
public sealed class FormsOfAModelTests
{
    private readonly MLContext _mlContext = new(1);

    [Theory]
    [InlineData(4, 1)]
    [InlineData(4, 2)]
    [InlineData(30, 7)]
    [InlineData(6, 5, 2)]
    [InlineData(20, 40, 33, 10)]
    [InlineData(600, 130, 300, 65)]
    public void Any_network_gives_the_same_labels_and_scores_in_all_forms(params int[] sizes)
    {
        const int count = 200;
        Model model = RandomModel.Create(sizes);
        float[] features = RandomModel.Features(count * sizes[0]);

        Scored expected = InMemory(model, features);

        Assert.Equal(expected, InMemory(ModelFile.Read(ModelFile.Write(model)), features));
        Assert.Equal(expected, ThroughZip(model, Rows(features, sizes[0])));
        using var onnx = new OnnxModel(OnnxFile.Write(model));
        AssertClose(expected, onnx.Score(features), 1e-6);
    }

    /// <remarks>The bias is large and the inputs take it back again: on the way every sum is rounded to a multiple of 1e-5.</remarks>
    [Fact]
    public void Sums_that_lose_digits_lose_the_same_ones_in_all_forms()
    {
        const int inputs = 784;
        const int outputs = 70;
        float[] weights = [.. RandomModel.Features(outputs * inputs).Select(part => part - 1)];
        var network = new Network([new Layer(inputs, outputs, weights, [.. Enumerable.Repeat(inputs / 4f, outputs)])]);
        var model = new Model(network, RandomModel.Labels(outputs), Model.NoScaling);
        float[] features = RandomModel.Features(100 * inputs);

        using var onnx = new OnnxModel(OnnxFile.Write(model));

        float[] expected = [.. features.Chunk(inputs).SelectMany(row => Activations(network, row))];
        Assert.All(expected.Zip(onnx.Activations(features)), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    /// <remarks>
    /// With 784 pixels, a sum in another order is another float: the scores are up to 3e-6 off exact arithmetic. So they are within 1e-6 of one
    /// another only where ONNX Runtime adds in our order.
    /// </remarks>
    [MnistFact]
    public void All_test_images_of_MNIST_get_the_same_labels_and_scores_in_all_forms()
    {
        DataSet data = DataSet.Load(MnistFactAttribute.Folder);
        var options = new TrainingOptions { HiddenLayers = [60], Epochs = 1 };
        Network network = StochasticGradientDescent.Train(new ImageExamples(data.Training), null, options).Network;
        var model = new Model(network, RandomModel.Labels(10), Model.PixelScaling);
        float[] features = [.. data.Test.Pixels.ToArray().Select(pixel => pixel / 255f)];

        Scored expected = InMemory(model, features);

        Assert.Equal(10_000, expected.Labels.Count);
        Assert.Equal(expected, InMemory(ModelFile.Read(ModelFile.Write(model)), features));
        Assert.Equal(expected, ThroughZip(model, _mlContext.Data.LoadFromImages(data.Test)));
        using var onnx = new OnnxModel(OnnxFile.Write(model));
        Scored actual = onnx.Score(features);
        AssertClose(expected, actual, 1e-6);
        float[] exact = [.. features.Chunk(network.InputCount).Take(1_000).SelectMany(row => Exactly(network, row))];
        Assert.All(exact.Zip(actual.Scores), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    private static Scored InMemory(Model model, float[] features)
    {
        Network network = model.Network;
        var scores = new float[features.Length / network.InputCount * network.OutputCount];
        new BatchScorer(network, threads: 2).Score(features, scores);
        long[] labels = [.. scores.Chunk(network.OutputCount).Select(activations => (long)Scores.ArgMax(activations))];
        for (int row = 0; row < labels.Length; row++)
        {
            Span<float> of = scores.AsSpan(row * network.OutputCount, network.OutputCount);
            Scores.Normalize(of, of);
        }

        return new Scored(labels, scores);
    }

    private static float[] Activations(Network network, float[] features)
    {
        var activations = new float[network.OutputCount];
        network.Feedforward(features, activations);
        return activations;
    }

    // The textbook's formulas in double precision, rounded once at the end.
    private static float[] Exactly(Network network, float[] features)
    {
        double[] values = [.. features.Select(feature => (double)feature)];
        foreach (Layer layer in network.Layers)
        {
            var activations = new double[layer.OutputCount];
            for (int j = 0; j < activations.Length; j++)
            {
                double weightedInput = layer.Bias(j);
                for (int k = 0; k < values.Length; k++)
                    weightedInput += (double)layer.Weight(j, k) * values[k];
                activations[j] = 1 / (1 + Math.Exp(-weightedInput));
            }

            values = activations;
        }

        return [.. values.Select(value => (float)(value / values.Sum()))];
    }

    private Scored ThroughZip(Model model, IDataView rows)
    {
        using var zip = new MemoryStream();
        _mlContext.Model.SaveReproducibly(new SigmoidMlpTransformer(model), rows.Schema, zip);
        zip.Position = 0;
        IDataView scored = _mlContext.Model.Load(zip, out _).Transform(rows);
        return new Scored(
            [.. scored.GetColumn<uint>("PredictedLabel").Select(key => (long)key - 1)],
            [.. scored.GetColumn<float[]>("Score").SelectMany(scores => scores)]);
    }

    private IDataView Rows(float[] features, int size)
    {
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, size);
        return _mlContext.Data.LoadFromEnumerable(features.Chunk(size).Select(row => new Row { Features = row }), schema);
    }

    private static void AssertClose(Scored expected, Scored actual, double tolerance)
    {
        Assert.Equal(expected.Labels, actual.Labels);
        Assert.Equal(expected.Scores.Count, actual.Scores.Count);
        Assert.Equal(0, actual.RowsFurtherThan(tolerance, expected));
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];
    }
}
