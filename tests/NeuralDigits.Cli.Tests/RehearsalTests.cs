using NeuralDigits.ML;

namespace NeuralDigits.Cli.Tests;

/// <summary>Nobody hears of it when the rehearsal fails, but it then prepares nothing.</summary>
public sealed class RehearsalTests
{
    [Theory]
    [InlineData(1, 10, WeightInitialization.Scaled, Augmentation.None)]
    [InlineData(2, 100, WeightInitialization.StandardNormal, Augmentation.Elastic)]
    public async Task A_rehearsal_goes_through_to_its_end_and_says_nothing(
        int threads, int miniBatchSize, WeightInitialization initialization, Augmentation augmentation)
    {
        using var output = new StringWriter();
        var options = new SigmoidMlpTrainer.Options
        {
            HiddenLayers = [100, 30],
            Epochs = 30,
            MiniBatchSize = miniBatchSize,
            Initialization = initialization,
            Augmentation = augmentation,
            Threads = threads,
            Seed = 1,
        };

        await Rehearsal.RunAsync(options, CommandEnvironment.OfThisProcess() with { Output = output, Error = output });

        Assert.Empty(output.ToString());
    }
}
