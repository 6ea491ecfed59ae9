using Microsoft.ML;

namespace NeuralDigits.ML.Tests;

/// <summary>The estimator holds to ML.NET's rules, and learns, on data of any kind.</summary>
public sealed class OtherKindsOfDataTests
{
    private readonly MLContext _mlContext = new(1);

    [Fact]
    public void Measurements_with_labels_of_text() => Check(SmallDataSets.Flowers(_mlContext), hidden: 8, epochs: 60);

    [Fact]
    public void Sparse_counts_of_words_with_numbered_topics() => Check(SmallDataSets.Topics(_mlContext), hidden: 10, epochs: 40);

    [Fact]
    public void Exclusive_or_which_needs_a_hidden_layer() => Check(SmallDataSets.ExclusiveOr(_mlContext), hidden: 6, epochs: 400);

    private void Check(IDataView data, int hidden, int epochs)
    {
        SigmoidMlpTrainer trainer = _mlContext.MulticlassClassification.Trainers.SigmoidMlp(
            new SigmoidMlpTrainer.Options { HiddenLayers = [hidden], Epochs = epochs, Seed = 2, AddActivationsColumn = true });
        IDataView invalid = _mlContext.Data.LoadFromEnumerable([new { Features = 1f, Label = "x" }]);

        EstimatorCheck.Holds(_mlContext, trainer, data, invalid);

        IDataView scored = trainer.Fit(data).Transform(data);
        Assert.InRange(_mlContext.MulticlassClassification.Evaluate(scored).MicroAccuracy, 0.97, 1);
    }
}
