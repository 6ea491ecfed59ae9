using System.Numerics;

namespace NeuralDigits.Tests;

public class SigmoidTests
{
    [Fact]
    public void Error_is_at_most_two_units_in_the_last_place_over_the_whole_range()
    {
        double worst = AllMagnitudes().Max(z => UnitsInTheLastPlace(Sigmoid.Of(z), 1 / (1 + Math.Exp(-(double)z))));
        Assert.True(worst <= 2, $"The error is {worst} units in the last place.");
    }

    [Fact]
    public void Vector_forms_and_scalar_form_give_the_same_bits()
    {
        float[] inputs = [.. AllMagnitudes(), float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0f, -0f];
        Array.Resize(ref inputs, (inputs.Length + 15) / 16 * 16);
        float[] expected = [.. inputs.Select(Sigmoid.Of)];

        // One after the other, they are too few for the widest vectors.
        float[] others = [.. inputs];
        for (int i = 0; i < others.Length; i += Vector<float>.Count)
            Sigmoid.Apply(others.AsSpan(i, Vector<float>.Count));
        Sigmoid.Apply(inputs);
        Assert.Equal(expected.Select(BitConverter.SingleToInt32Bits), inputs.Select(BitConverter.SingleToInt32Bits));
        Assert.Equal(expected.Select(BitConverter.SingleToInt32Bits), others.Select(BitConverter.SingleToInt32Bits));
    }

    [Theory]
    [InlineData(0f, 0.5f)]
    [InlineData(float.PositiveInfinity, 1f)]
    [InlineData(float.NegativeInfinity, 0f)]
    [InlineData(float.MaxValue, 1f)]
    [InlineData(float.MinValue, 0f)]
    [InlineData(float.Epsilon, 0.5f)]
    [InlineData(float.NaN, float.NaN)]
    public void Special_values_are_exact(float z, float expected) => Assert.Equal(expected, Sigmoid.Of(z));

    // Every 4,099th float of both signs, infinity and NaN left out: all exponents, about 255 mantissas each.
    private static IEnumerable<float> AllMagnitudes()
    {
        for (uint bits = 0; bits < 0x7F80_0000; bits += 4099 * (bits < 0x3000_0000 ? 16u : 1u))
        {
            yield return BitConverter.UInt32BitsToSingle(bits);
            yield return BitConverter.UInt32BitsToSingle(bits | 0x8000_0000);
        }
    }

    private static double UnitsInTheLastPlace(float actual, double expected)
    {
        float nearest = (float)expected;
        double unit = Math.Max(MathF.BitIncrement(nearest) - nearest, float.Epsilon);
        return Math.Abs(actual - expected) / unit;
    }
}
