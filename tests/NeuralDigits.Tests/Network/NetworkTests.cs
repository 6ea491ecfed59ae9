using CsCheck;

namespace NeuralDigits.Tests;

public class NetworkTests
{
    [Fact]
    public void Feedforward_agrees_with_the_reference_on_random_shapes() =>
        RandomNetwork.Gen.SelectMany(network => Gen.Float[-1, 1].Array[network.InputCount].Select(x => (network, x))).Sample((network, x) =>
        {
            var activations = new float[network.OutputCount];
            network.Feedforward(x, activations);
            double[] expected = RandomNetwork.ToReference(network).Feedforward([.. x.Select(value => (double)value)]);
            Assert.All(expected.Zip(activations), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        });

    [Fact]
    public void Parameters_are_given_and_read_as_outputs_by_inputs()
    {
        float[] weights = [11, 12, 13, 21, 22, 23];
        var layer = new Layer(inputCount: 3, outputCount: 2, weights, [1, 2]);
        Assert.Equal(12, layer.Weight(output: 0, input: 1));
        Assert.Equal(21, layer.Weight(output: 1, input: 0));

        var copy = new float[6];
        layer.CopyWeightsTo(copy);
        Assert.Equal(weights, copy);
        Assert.Equal(2, layer.Bias(output: 1));

        var biases = new float[2];
        layer.CopyBiasesTo(biases);
        Assert.Equal([1, 2], biases);
        Assert.Throws<ArgumentException>(() => layer.CopyBiasesTo(new float[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => layer.Bias(output: 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => layer.Bias(output: -1));
    }

    [Fact]
    public void Layers_that_do_not_fit_are_refused_by_number_and_size()
    {
        var error = Assert.Throws<ArgumentException>(() => new Network([Zeros(4, 3), Zeros(2, 1)]));
        Assert.Contains("Layer 2 takes 2 inputs, but layer 1 has 3 outputs", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_of_no_layers_is_refused() => Assert.Throws<ArgumentException>(() => new Network([]));

    [Fact]
    public void A_wrong_number_of_features_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => new Network([Zeros(4, 3)]).Predict([1, 2]));
        Assert.Contains("takes 4 inputs, but 2 were given", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parameters_must_be_finite()
    {
        Assert.Throws<ArgumentException>(() => new Layer(1, 1, [float.NaN], [0]));
        Assert.Throws<ArgumentException>(() => new Layer(1, 1, [0], [float.NegativeInfinity]));
    }

    [Fact]
    public void Of_equal_activations_the_lower_class_is_predicted()
    {
        Assert.Equal(0, new Network([Zeros(2, 5)]).Predict([1, 1]));
        Assert.Equal(1, Scores.ArgMax([1, 3, 2, 3]));
    }

    [Fact]
    public void Scores_sum_to_one_and_keep_their_order()
    {
        var scores = new float[3];
        Scores.Normalize([0.9f, 0.3f, 0.6f], scores);
        Assert.Equal(1, scores.Sum(), 1e-6f);
        Assert.Equal([0.5f, 1 / 6f, 1 / 3f], scores, (x, y) => Math.Abs(x - y) < 1e-6f);
    }

    [Fact]
    public void Without_any_activation_all_classes_score_the_same()
    {
        var scores = new float[4];
        Scores.Normalize([0, 0, 0, 0], scores);
        Assert.Equal([0.25f, 0.25f, 0.25f, 0.25f], scores);
    }

    [Fact]
    public void One_network_answers_many_threads_at_once()
    {
        Network network = NetworkInitializer.Create([20, 30, 10], WeightInitialization.Scaled, new RandomGenerator(1, 0));
        float[][] rows = [.. Enumerable.Range(0, 200).Select(row => Enumerable.Range(0, 20).Select(i => (float)((row * 31) + i) % 7).ToArray())];
        int[] expected = [.. rows.Select(row => network.Predict(row))];
        Parallel.For(0, 2000, i => Assert.Equal(expected[i % 200], network.Predict(rows[i % 200])));
    }

    private static Layer Zeros(int inputs, int outputs) => new(inputs, outputs, new float[inputs * outputs], new float[outputs]);
}
