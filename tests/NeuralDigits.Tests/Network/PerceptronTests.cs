namespace NeuralDigits.Tests;

public class PerceptronTests
{
    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(0, 1, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(1, 1, 0)]
    public void Weights_of_minus_two_and_a_bias_of_three_make_a_nand_gate(int x1, int x2, int expected) =>
        Assert.Equal(expected, new Perceptron([-2, -2], 3).Output([x1, x2]));

    [Fact]
    public void The_sum_has_to_exceed_the_threshold_not_just_reach_it()
    {
        // A bias of -1 is a threshold of 1.
        Assert.Equal(0, new Perceptron([1], -1).Output([1]));
        Assert.Equal(1, new Perceptron([1.5f], -1).Output([1]));
    }

    [Fact]
    public void An_input_that_is_not_binary_is_refused_by_position_and_value()
    {
        var error = Assert.Throws<ArgumentException>(() => new Perceptron([1, 1], 0).Output([1, 2]));
        Assert.Contains("Input 1 is 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Inputs_must_be_as_many_as_weights()
    {
        var error = Assert.Throws<ArgumentException>(() => new Perceptron([1, 1], 0).Output([1]));
        Assert.Contains("2 weights but was given 1 inputs", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parameters_must_be_finite_and_there_must_be_a_weight()
    {
        Assert.Throws<ArgumentException>(() => new Perceptron([], 0));
        Assert.Throws<ArgumentException>(() => new Perceptron([float.NaN], 0));
        Assert.Throws<ArgumentException>(() => new Perceptron([1], float.PositiveInfinity));
    }
}
