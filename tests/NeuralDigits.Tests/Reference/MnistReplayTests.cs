namespace NeuralDigits.Tests;

public class MnistReplayTests
{
    [MnistReplayFact]
    public void After_100_mini_batches_every_parameter_is_the_ancestors()
    {
        Network network = MnistReplay.InitialNetwork();
        using EpochRunner runner = Runner(network);
        runner.Run(MnistReplay.Orders()[0].AsMemory(0, 100 * MnistReplay.MiniBatchSize), CancellationToken.None);

        float[] expected = MnistReplay.ParametersAfter100MiniBatches();
        double[] actual = [.. Parameters.Flatten(network)];
        Assert.Equal(expected.Length, actual.Length);
        Assert.Equal(0, expected.Zip(actual, (x, y) => Math.Abs(x - y)).Max(), 1e-4);
    }

    [MnistReplayFact]
    public void After_each_of_five_epochs_the_outcome_is_the_ancestors()
    {
        Network network = MnistReplay.InitialNetwork();
        using EpochRunner runner = Runner(network);
        var test = new ImageExamples(DataSet.Load(MnistFactAttribute.Folder).Test);
        foreach ((int[] order, MnistReplay.Outcome expected) in MnistReplay.Orders().Zip(MnistReplay.Trajectory()))
        {
            runner.Run(order, CancellationToken.None);
            EvaluationResult actual = Evaluator.Evaluate(network, test, Cost.Quadratic, threads: 2);
            Assert.InRange(actual.Correct, expected.Correct - 40, expected.Correct + 40);
            Assert.InRange(actual.Cost, expected.Cost * 0.97, expected.Cost * 1.03);
        }
    }

    private static EpochRunner Runner(Network network) => new(
        network,
        new ImageExamples(DataSet.Load(MnistFactAttribute.Folder).Training),
        new TrainingOptions { MiniBatchSize = MnistReplay.MiniBatchSize, LearningRate = MnistReplay.LearningRate },
        new Split(Threads: 2, Layers: 1));
}
