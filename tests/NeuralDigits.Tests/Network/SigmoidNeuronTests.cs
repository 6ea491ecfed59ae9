using CsCheck;

namespace NeuralDigits.Tests;

public class SigmoidNeuronTests
{
    [Fact]
    public void Output_is_the_sigmoid_of_the_weighted_input()
    {
        var neuron = new SigmoidNeuron([2, -1], 0.5f);
        Assert.Equal(1.25f, neuron.WeightedInput([0.5f, 0.25f]));
        Assert.Equal(1 / (1 + Math.Exp(-1.25)), neuron.Output([0.5f, 0.25f]), 1e-6);
    }

    [Fact]
    public void With_large_weights_a_sigmoid_neuron_is_a_perceptron() =>
        Gen.Select(Gen.Float[-1, 1].Array[1, 8], Gen.Float[-1, 1], Gen.Int).Sample((weights, bias, bits) =>
        {
            var perceptron = new Perceptron(weights, bias);
            int[] x = [.. weights.Select((_, i) => (bits >> i) & 1)];
            float weightedInput = bias + x.Zip(weights, (input, weight) => input * weight).Sum();
            if (Math.Abs(weightedInput) < 1e-3f)
                return; // At the threshold itself the limit is 1/2.

            const float large = 1e5f;
            var neuron = new SigmoidNeuron([.. weights.Select(weight => weight * large)], bias * large);
            Assert.Equal(perceptron.Output(x), neuron.Output([.. x.Select(input => (float)input)]), 1e-6f);
        });

    [Fact]
    public void At_the_threshold_the_output_stays_at_one_half() =>
        Assert.Equal(0.5f, new SigmoidNeuron([1e6f], -1e6f).Output([1]));

    [Fact]
    public void Inputs_must_be_as_many_as_weights() =>
        Assert.Throws<ArgumentException>(() => new SigmoidNeuron([1, 1], 0).Output([1, 2, 3]));
}
