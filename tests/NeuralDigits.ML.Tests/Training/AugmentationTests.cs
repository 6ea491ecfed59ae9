using Microsoft.ML;

namespace NeuralDigits.ML.Tests;

public sealed class AugmentationTests
{
    private readonly MLContext _mlContext = new(1);
    private readonly LabelledImages _images = SyntheticDigits.Draw(seed: 1, start: 0, count: 200, threads: 2);

    [Theory]
    [InlineData(Augmentation.Shift)]
    [InlineData(Augmentation.Affine)]
    [InlineData(Augmentation.Elastic)]
    public void Images_and_rows_of_their_pixels_give_the_same_transformer_and_another_than_without(Augmentation augmentation)
    {
        IDataView images = _mlContext.Data.LoadFromImages(_images);
        byte[] model = SavedBytes.Of(Trainer(augmentation).Fit(images));

        Assert.Equal(model, SavedBytes.Of(Trainer(augmentation).Fit(_mlContext.Data.TakeRows(images, _images.Count))));
        Assert.NotEqual(model, SavedBytes.Of(Trainer(Augmentation.None).Fit(images)));
    }

    [Fact]
    public void The_kind_is_kept_among_the_options_and_nothing_is_without_one()
    {
        IDataView images = _mlContext.Data.LoadFromImages(_images);

        Assert.Equal("Shift", Trainer(Augmentation.Shift).Fit(images).Model.Hyperparameters["Augmentation"]);
        Assert.DoesNotContain("Augmentation", Trainer(Augmentation.None).Fit(images).Model.Hyperparameters.Keys);
    }

    [Fact]
    public void Rows_that_are_no_images_are_refused_in_words()
    {
        IDataView rows = _mlContext.Data.LoadFromEnumerable(
            [new NumberedRow { Features = [1, 2], Label = 1 }, new NumberedRow { Features = [0, 1], Label = 2 }]);

        var exception = Assert.Throws<ArgumentException>(() => Trainer(Augmentation.Elastic).Fit(rows));

        Assert.StartsWith(
            "Augmentation is Elastic, which is for images, but the examples have 2 features; expected: the pixels of square images, such as 784",
            exception.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_set_aside_to_validate_with_are_not_changed()
    {
        var recorder = new Recorder<EpochReport>();
        IDataView images = _mlContext.Data.LoadFromImages(_images);
        SigmoidMlpTrainer trainer = _mlContext.MulticlassClassification.Trainers.SigmoidMlp(
            new SigmoidMlpTrainer.Options { HiddenLayers = [8], Epochs = 2, Seed = 3, Augmentation = Augmentation.Affine, Progress = recorder });

        Network network = trainer.Fit(images, images).Model.ToModel().Network;

        Assert.Equal(Evaluator.Evaluate(network, new ImageExamples(_images), Cost.Quadratic, threads: 1).Cost, recorder.Reports[^1].Validation!.Cost);
    }

    private SigmoidMlpTrainer Trainer(Augmentation augmentation) => _mlContext.MulticlassClassification.Trainers.SigmoidMlp(
        new SigmoidMlpTrainer.Options { HiddenLayers = [8], Epochs = 2, Seed = 3, Augmentation = augmentation });
}
