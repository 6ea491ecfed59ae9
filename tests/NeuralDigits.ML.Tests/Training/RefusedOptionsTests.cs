using Microsoft.ML;

namespace NeuralDigits.ML.Tests;

public sealed class RefusedOptionsTests
{
    private readonly MLContext _mlContext = new(1);

    [Theory]
    [InlineData(nameof(SigmoidMlpTrainer.Options.Epochs), "Epochs is 0; expected: at least 1.")]
    [InlineData(nameof(SigmoidMlpTrainer.Options.MiniBatchSize), "MiniBatchSize is -1; expected: at least 1.")]
    [InlineData(nameof(SigmoidMlpTrainer.Options.LearningRate), "LearningRate is NaN; expected: positive and finite.")]
    [InlineData(nameof(SigmoidMlpTrainer.Options.HiddenLayers), "HiddenLayers is [3, 0]; expected: sizes of at least 1.")]
    [InlineData(nameof(SigmoidMlpTrainer.Options.Augmentation), "Augmentation is 9; expected: None or Shift or Affine or Elastic.")]
    [InlineData(nameof(SigmoidMlpTrainer.Options.Threads), "Threads is 0; expected: at least 1.")]
    [InlineData(nameof(SigmoidMlpTrainer.Options.LabelColumnName), "LabelColumnName is empty; expected: the name of a column.")]
    [InlineData(nameof(SigmoidMlpTrainer.Options.FeatureColumnName), "FeatureColumnName is null; expected: the name of a column.")]
    [InlineData(nameof(SigmoidMlpTrainer.Options.ExampleWeightColumnName), "ExampleWeightColumnName is empty; expected: the name of a column.")]
    [InlineData(nameof(SigmoidMlpTrainer.Options.ValidationFraction), "ValidationFraction is 1; expected: from 0 to less than 1.")]
    public void An_option_outside_its_range_is_refused_with_its_name_value_and_range(string option, string message)
    {
        SigmoidMlpTrainer.Options options = option switch
        {
            nameof(SigmoidMlpTrainer.Options.Epochs) => new() { Epochs = 0 },
            nameof(SigmoidMlpTrainer.Options.MiniBatchSize) => new() { MiniBatchSize = -1 },
            nameof(SigmoidMlpTrainer.Options.LearningRate) => new() { LearningRate = float.NaN },
            nameof(SigmoidMlpTrainer.Options.HiddenLayers) => new() { HiddenLayers = [3, 0] },
            nameof(SigmoidMlpTrainer.Options.Augmentation) => new() { Augmentation = (Augmentation)9 },
            nameof(SigmoidMlpTrainer.Options.Threads) => new() { Threads = 0 },
            nameof(SigmoidMlpTrainer.Options.LabelColumnName) => new() { LabelColumnName = "" },
            nameof(SigmoidMlpTrainer.Options.ExampleWeightColumnName) => new() { ExampleWeightColumnName = "" },
            nameof(SigmoidMlpTrainer.Options.ValidationFraction) => new() { ValidationFraction = 1 },
            _ => new() { FeatureColumnName = null! },
        };

        var exception = Assert.Throws<ArgumentException>(() => _mlContext.MulticlassClassification.Trainers.SigmoidMlp(options));

        Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
        Assert.Equal(option, exception.ParamName);
    }

    [Fact]
    public void Hidden_layers_that_are_null_are_refused_with_what_is_expected()
    {
        var exception = Assert.Throws<ArgumentNullException>(
            () => _mlContext.MulticlassClassification.Trainers.SigmoidMlp(new SigmoidMlpTrainer.Options { HiddenLayers = null! }));

        Assert.StartsWith("HiddenLayers is null; expected: a list of sizes", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_that_is_too_large_is_refused_before_any_row_is_read()
    {
        IEnumerable<NumberedRow> Rows()
        {
            yield return new NumberedRow { Features = [1, 2] };
            Assert.Fail("A row was read.");
        }

        var trainer = _mlContext.MulticlassClassification.Trainers.SigmoidMlp(
            new SigmoidMlpTrainer.Options { HiddenLayers = [30_000, 20_000] });

        var exception = Assert.Throws<ArgumentException>(() => trainer.Fit(_mlContext.Data.LoadFromEnumerable(Rows())));

        Assert.StartsWith(
            "HiddenLayers is [30000, 20000], which with 2 features in the column 'Features' and 3 classes in 'Label' makes a network of " +
            "600170003 weights and biases; expected: at most 500000000.",
            exception.Message,
            StringComparison.Ordinal);
    }
}
