using CsCheck;

namespace NeuralDigits.Tests;

public class LayerKernelsTests
{
    // 1 to 9 times 16 floats: less than, exactly and more than the four vectors that are taken at a time.
    private static readonly Gen<(float[] Weights, float[] Biases, float[] Inputs)> Shapes =
        from inputs in Gen.Int[1, 40]
        from strideUnits in Gen.Int[1, 9]
        from weights in Gen.Float[-2, 2].Array[inputs * strideUnits * 16]
        from biases in Gen.Float[-2, 2].Array[strideUnits * 16]
        from values in Gen.Frequency((1, Gen.Const(0f)), (1, Gen.Float[-1, 1])).Array[inputs]
        select (weights, biases, values);

    [Fact]
    public void Weighted_inputs_equal_the_plain_loop_bit_for_bit() => Shapes.Sample(shape =>
    {
        var actual = new float[shape.Biases.Length];
        LayerKernels.WeightedInputs(shape.Weights, shape.Biases, new SparseRowBuffer(shape.Inputs.Length).FromFeatures(shape.Inputs), actual);
        AssertSameBits(PlainKernels.WeightedInputs(shape.Weights, shape.Biases, shape.Inputs), actual);
    });

    [Fact]
    public void Outer_product_equals_the_plain_loop_bit_for_bit() => Shapes.Sample(shape =>
    {
        float[] actual = [.. shape.Weights];
        LayerKernels.AddOuterProduct(actual, new SparseRowBuffer(shape.Inputs.Length).FromFeatures(shape.Inputs), shape.Biases);
        AssertSameBits(PlainKernels.AddOuterProduct(shape.Weights, shape.Inputs, shape.Biases), actual);
    });

    // By value, 0 would equal -0.
    private static void AssertSameBits(float[] expected, float[] actual) =>
        Assert.Equal(expected.Select(BitConverter.SingleToInt32Bits), actual.Select(BitConverter.SingleToInt32Bits));
}
