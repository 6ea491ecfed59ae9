using CsCheck;

namespace NeuralDigits.Tests;

public class QuadraticCostTests
{
    // From one output to more than any vector holds, and the label at any of them.
    private static readonly Gen<(float[] Activations, int Label)> Outputs =
        from activations in Gen.Frequency((9, Gen.Float[0, 1]), (1, Gen.Int[0, 1].Select(whole => (float)whole))).Array[1, 40]
        from label in Gen.Int[0, activations.Length - 1]
        select (activations, label);

    [Fact]
    public void The_cost_is_half_the_squared_distance_to_the_target() => Outputs.Sample((activations, label) =>
    {
        double expected = activations.Select((a, j) => Math.Pow(a - Target(j, label), 2)).Sum() / 2;
        Assert.Equal(expected, Cost.Quadratic.Value(activations, label), 1e-12 * (1 + expected));
    });

    [Fact]
    public void The_error_of_each_output_is_the_difference_times_the_slope_bit_for_bit() => Outputs.Sample((activations, label) =>
    {
        var errors = new float[activations.Length];
        Cost.Quadratic.OutputError(activations, label, errors);
        IEnumerable<float> expected = activations.Select((a, j) => (a - Target(j, label)) * (a * (1 - a)));
        Assert.Equal(expected.Select(BitConverter.SingleToInt32Bits), errors.Select(BitConverter.SingleToInt32Bits));
    });

    private static float Target(int output, int label) => output == label ? 1 : 0;
}
