using System.Numerics;

namespace NeuralDigits.Tests;

/// <summary>Errors too small for a normal float count as zero: they change no weight, but products with them take long.</summary>
public class SubnormalsTests
{
    private static readonly NeuronRange OnePanel = new(0, 16);

    private const float SmallestNormal = 1.17549435e-38f;

    [Fact]
    public void Subnormals_of_both_signs_become_zero_and_nothing_else_does()
    {
        float largest = MathF.BitDecrement(SmallestNormal);
        float[] kept = [SmallestNormal, -SmallestNormal, 1, -1, float.MaxValue, float.PositiveInfinity, float.NegativeInfinity, float.NaN];
        float[] errors = [.. kept, float.Epsilon, -float.Epsilon, largest, -largest, 1e-40f, -1e-40f, 0, -0f];
        Assert.Equal(0, errors.Length % Vector<float>.Count);

        Subnormals.ToZero(errors);
        float[] expected = [.. kept, 0, 0, 0, 0, 0, 0, 0, 0];
        Assert.Equal(expected.Select(BitConverter.SingleToInt32Bits), errors.Select(BitConverter.SingleToInt32Bits));
    }

    [Fact]
    public void The_error_of_an_output_that_is_saturated_is_zero()
    {
        // σ(-44)² is about 6e-39; the error of the other output, the label's, is about -8e-20.
        BatchErrors errors = ErrorsOf(new Network([new Layer(1, 1, [0], [0]), new Layer(1, 2, [0, 0], [-44, -44])]));
        AssertIs(errors, layer: 1, neuron: 0, -1e-19f, -1e-20f);
        AssertIs(errors, layer: 1, neuron: 1, 0, 0);
    }

    [Fact]
    public void The_error_of_a_hidden_neuron_that_is_saturated_is_zero()
    {
        // σ'(-88) is about 6e-39, σ'(-80) about 2e-35.
        BatchErrors errors = ErrorsOf(new Network([new Layer(1, 1, [0], [0]), new Layer(1, 2, [0, 0], [-88, -80]), new Layer(2, 1, [1, 1], [0])]));
        AssertIs(errors, layer: 1, neuron: 0, 0, 0);
        AssertIs(errors, layer: 1, neuron: 1, -1e-35f, -1e-37f);
    }

    [Fact]
    public void A_step_too_short_for_a_normal_float_changes_nothing()
    {
        var zeros = new Network([new Layer(1, 1, [0], [0])]);
        var examples = new ExampleSetBuilder(featureCount: 1, classCount: 1);
        examples.Add([1], 0);
        ExampleSet one = examples.Build();
        Assert.Equal([0, 0], Step(1e-38f));
        Assert.All(Step(1e-36f), parameter => Assert.InRange(parameter, 1e-38f, 1e-36f));

        float[] Step(float learningRate)
        {
            var options = new TrainingOptions { InitialNetwork = zeros, LearningRate = learningRate, MiniBatchSize = 1, Epochs = 1 };
            Layer layer = StochasticGradientDescent.Train(one, null, options).Network.Layers[0];
            return [layer.Weight(0, 0), layer.Bias(0)];
        }
    }

    // In both orientations: the step takes the one, the layer before the other.
    private static void AssertIs(BatchErrors errors, int layer, int neuron, float least, float most)
    {
        Assert.InRange(errors.Row(layer, OnePanel, example: 0)[neuron], least, most);
        Assert.InRange(errors.TransposedFrom(layer, neuron).At(0, 0), least, most);
    }

    private static BatchErrors ErrorsOf(Network network)
    {
        var batch = new Batch(network);
        batch.Load(new float[network.InputCount]);
        var slice = new NetworkSlice(network);
        slice.Feedforward(batch);
        var errors = new BatchErrors(slice, capacity: 1);
        errors.StartFrom(Cost.Quadratic, batch, [0]);
        for (int l = network.Layers.Count - 2; l >= 0; l--)
            slice.PropagateBack(l, batch, errors);
        return errors;
    }
}
