namespace NeuralDigits.Tests;

public class NetworkInitializerTests
{
    [Theory]
    [InlineData(WeightInitialization.StandardNormal, 1.0)]
    [InlineData(WeightInitialization.Scaled, 0.05)]
    public void Weights_have_the_deviation_of_their_initialization(WeightInitialization initialization, double expected)
    {
        // 1/√400 is 0.05.
        Network network = NetworkInitializer.Create([400, 200], initialization, new RandomGenerator(1, 0));
        Layer layer = network.Layers[0];
        var weights = new float[400 * 200];
        layer.CopyWeightsTo(weights);
        Assert.Equal(expected, Deviation(weights), expected * 0.02);
        var biases = new float[200];
        layer.CopyBiasesTo(biases);
        Assert.Equal(1, Deviation(biases), 0.15);
    }

    [Theory]
    [InlineData]
    [InlineData(5)]
    [InlineData(5, 0)]
    [InlineData(-1, 5)]
    public void Sizes_that_make_no_network_are_refused(params int[] sizes) =>
        Assert.Throws<ArgumentException>(() => NetworkInitializer.Create(sizes, WeightInitialization.Scaled, new RandomGenerator(1, 0)));

    [Fact]
    public void A_network_that_is_too_large_is_refused_before_memory_is_taken()
    {
        var error = Assert.Throws<ArgumentException>(
            () => NetworkInitializer.Create([int.MaxValue, int.MaxValue, int.MaxValue], WeightInitialization.Scaled, new RandomGenerator(1, 0)));
        Assert.Contains("more than 500000000 parameters", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parameters_are_the_weights_and_the_biases()
    {
        Assert.Equal((784 * 60) + 60 + (60 * 10) + 10, NetworkInitializer.ParameterCount([784, 60, 10]));
        Assert.Equal(((Int128)int.MaxValue + 1) * int.MaxValue * 3, NetworkInitializer.ParameterCount([int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue]));
    }

    private static double Deviation(float[] values) => Math.Sqrt(values.Average(value => (double)value * value));
}
