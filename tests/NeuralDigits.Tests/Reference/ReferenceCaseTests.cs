namespace NeuralDigits.Tests;

public class ReferenceCaseTests
{
    // The file gives about ten digits; the product computes in float32.
    private const double DoublePrecision = 1e-9;
    private const double SinglePrecision = 1e-4;

    [Theory]
    [MemberData(nameof(ReferenceCase.Numbers), MemberType = typeof(ReferenceCase))]
    public void Reference_network_follows_the_case_in_double_precision(int number)
    {
        ReferenceCase expected = ReferenceCase.Get(number);
        var network = new ReferenceNetwork(expected.InitialWeights, expected.InitialBiases);

        AssertClose(expected.OutputOfSample0, network.Feedforward(expected.Inputs[0]), DoublePrecision);
        (double[][][] weights, double[][] biases) = network.Gradient(expected.Inputs[0], expected.Labels[0]);
        AssertClose(Flatten(expected.GradientOfSample0.Weights, expected.GradientOfSample0.Biases), Flatten(weights, biases), DoublePrecision);

        for (int epoch = 0; epoch < expected.Epochs; epoch++)
        {
            foreach (int[] miniBatch in expected.MiniBatches(epoch))
                network.Update([.. miniBatch.Select(i => (expected.Inputs[i], expected.Labels[i]))], expected.Eta);

            ReferenceEpoch after = expected.AfterEpoch[epoch];
            AssertClose(Flatten(after.Weights, after.Biases), Flatten(network.Weights, network.Biases), DoublePrecision);
            Assert.Equal(after.Correct, expected.Inputs.Where((x, i) => network.Predict(x) == expected.Labels[i]).Count());
            Assert.Equal(after.Cost, expected.Inputs.Select((x, i) => network.Cost(x, expected.Labels[i])).Average(), DoublePrecision);
        }
    }

    [Theory]
    [MemberData(nameof(ReferenceCase.Numbers), MemberType = typeof(ReferenceCase))]
    public void Product_follows_the_case_in_single_precision(int number)
    {
        ReferenceCase expected = ReferenceCase.Get(number);
        Network network = Parameters.ToNetwork(expected.InitialWeights, expected.InitialBiases);
        ExampleSet examples = Examples(expected);
        float[] first = [.. expected.Inputs[0].Select(x => (float)x)];

        var output = new float[network.OutputCount];
        network.Feedforward(first, output);
        AssertClose(expected.OutputOfSample0, output.Select(a => (double)a), SinglePrecision);
        AssertClose(
            Flatten(expected.GradientOfSample0.Weights, expected.GradientOfSample0.Biases),
            Parameters.Flatten(new Backpropagation(network, Cost.Quadratic).Gradient(first, expected.Labels[0])),
            SinglePrecision);

        var options = new TrainingOptions { MiniBatchSize = expected.MiniBatchSize, LearningRate = (float)expected.Eta };
        using var runner = new EpochRunner(network, examples, options, Split.None);
        for (int epoch = 0; epoch < expected.Epochs; epoch++)
        {
            runner.Run(expected.SampleOrder[epoch], CancellationToken.None);

            ReferenceEpoch after = expected.AfterEpoch[epoch];
            AssertClose(Flatten(after.Weights, after.Biases), Parameters.Flatten(network), SinglePrecision);
            EvaluationResult evaluation = Evaluator.Evaluate(network, examples, Cost.Quadratic, threads: 1);
            Assert.Equal(after.Correct, evaluation.Correct);
            Assert.Equal(after.Cost, evaluation.Cost, SinglePrecision);
        }
    }

    private static ExampleSet Examples(ReferenceCase source)
    {
        var builder = new ExampleSetBuilder(source.Sizes[0], source.Sizes[^1]);
        foreach ((double[] x, int label) in source.Inputs.Zip(source.Labels))
            builder.Add([.. x.Select(value => (float)value)], label);
        return builder.Build();
    }

    // Layer by layer: weights row by row, then biases.
    private static IEnumerable<double> Flatten(double[][][] weights, double[][] biases) =>
        weights.Zip(biases).SelectMany(layer => layer.First.SelectMany(row => row).Concat(layer.Second));

    private static void AssertClose(IEnumerable<double> expected, IEnumerable<double> actual, double tolerance)
    {
        double[] wanted = [.. expected];
        double[] found = [.. actual];
        Assert.Equal(wanted.Length, found.Length);
        for (int i = 0; i < wanted.Length; i++)
            Assert.True(Math.Abs(wanted[i] - found[i]) <= tolerance, $"Value {i} is {found[i]}, expected {wanted[i]}.");
    }
}
