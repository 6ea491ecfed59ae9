using CsCheck;

namespace NeuralDigits.Tests;

public class BackpropagationTests
{
    private static readonly Gen<(Network Network, float[] Features, int Label)> Examples =
        from network in RandomNetwork.Gen
        from features in Gen.Float[-1, 1].Array[network.InputCount]
        from label in Gen.Int[0, network.OutputCount - 1]
        select (network, features, label);

    [Fact]
    public void Gradient_agrees_with_the_reference_on_random_shapes() => Examples.Sample(example =>
    {
        IEnumerable<double> actual = Parameters.Flatten(new Backpropagation(example.Network, Cost.Quadratic).Gradient(example.Features, example.Label));
        (double[][][] weights, double[][] biases) = RandomNetwork.ToReference(example.Network).Gradient(ToDouble(example.Features), example.Label);
        IEnumerable<double> expected = weights.Zip(biases).SelectMany(layer => layer.First.SelectMany(row => row).Concat(layer.Second));
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    });

    /// <summary>∂C/∂w is what C changes by when w does: no equation of backpropagation is used here.</summary>
    [Fact]
    public void Gradient_agrees_with_finite_differences_on_random_shapes() => Examples.Sample(
        example =>
        {
            const double h = 1e-5;
            ReferenceNetwork network = RandomNetwork.ToReference(example.Network);
            double[] x = ToDouble(example.Features);
            IReadOnlyList<LayerGradient> gradient = new Backpropagation(example.Network, Cost.Quadratic).Gradient(example.Features, example.Label);
            for (int l = 0; l < gradient.Count; l++)
            {
                for (int j = 0; j < network.Biases[l].Length; j++)
                {
                    Assert.Equal(Slope(network, network.Biases[l], j, x, example.Label, h), gradient[l].Biases.Span[j], 1e-5);
                    double[] row = network.Weights[l][j];
                    for (int k = 0; k < row.Length; k++)
                        Assert.Equal(Slope(network, row, k, x, example.Label, h), gradient[l].Weights.Span[(j * row.Length) + k], 1e-5);
                }
            }
        },
        iter: 20);

    [Fact]
    public void A_label_without_an_output_is_refused()
    {
        Network network = NetworkInitializer.Create([2, 3], WeightInitialization.Scaled, new RandomGenerator(0, 0));
        var backpropagation = new Backpropagation(network, Cost.Quadratic);
        Assert.Throws<ArgumentOutOfRangeException>(() => backpropagation.Gradient([1, 1], 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => backpropagation.Gradient([1, 1], -1));
        Assert.Throws<ArgumentException>(() => backpropagation.Gradient([1], 0));
    }

    private static double Slope(ReferenceNetwork network, double[] parameters, int index, double[] x, int label, double h)
    {
        double saved = parameters[index];
        parameters[index] = saved + h;
        double above = network.Cost(x, label);
        parameters[index] = saved - h;
        double below = network.Cost(x, label);
        parameters[index] = saved;
        return (above - below) / (2 * h);
    }

    private static double[] ToDouble(float[] values) => [.. values.Select(value => (double)value)];
}
