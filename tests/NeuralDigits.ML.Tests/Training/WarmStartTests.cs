using Microsoft.ML;

namespace NeuralDigits.ML.Tests;

public sealed class WarmStartTests
{
    private readonly MLContext _mlContext = new(1);
    private readonly IDataView _data;

    public WarmStartTests() => _data = Animals.Labelled(_mlContext);

    [Fact]
    public void It_goes_on_from_the_network_given_and_leaves_that_as_it_is()
    {
        SigmoidMlpModelParameters first = Animals.Trainer(_mlContext, epochs: 5).Fit(_data).Model;
        byte[] before = ModelFile.Write(first.ToModel());

        SigmoidMlpModelParameters second = Animals.Trainer(_mlContext, epochs: 5).Fit(_data, first).Model;

        Assert.True(second.History[0].TrainingCost < first.History[0].TrainingCost / 2);
        Assert.True(second.History[^1].TrainingCost < first.History[^1].TrainingCost);
        Assert.Equal(before, ModelFile.Write(first.ToModel()));
        Assert.Equal("ModelParameters", second.Hyperparameters["Initialization"]);
    }

    [Fact]
    public void The_network_is_that_which_the_library_trains_further_bit_for_bit()
    {
        LabelledImages images = SmallImages.Make(100);
        IDataView view = _mlContext.Data.LoadFromImages(images);
        var options = new TrainingOptions { HiddenLayers = [5], Epochs = 2, Seed = 3 };
        Network start = StochasticGradientDescent.Train(new ImageExamples(images), null, options).Network;
        Network expected = StochasticGradientDescent.Train(
            new ImageExamples(images), null, options with { InitialNetwork = start }).Network;

        var trainer = _mlContext.MulticlassClassification.Trainers.SigmoidMlp(
            new SigmoidMlpTrainer.Options { HiddenLayers = [5], Epochs = 2, Seed = 3 });
        Model model = trainer.Fit(view, trainer.Fit(view).Model).Model.ToModel();

        Assert.Equal(ModelFile.Write(new Model(expected, model.Labels, model.InputScaling)), ModelFile.Write(model));
    }

    [Fact]
    public void A_model_that_was_saved_and_loaded_can_be_trained_further()
    {
        SigmoidMlpTransformer first = Animals.Trainer(_mlContext, epochs: 3).Fit(_data);
        var loaded = (SigmoidMlpTransformer)EstimatorCheck.Load(_mlContext, EstimatorCheck.Save(_mlContext, first, _data.Schema));

        Assert.Equal(
            SavedBytes.Of(Animals.Trainer(_mlContext).Fit(_data, first.Model)),
            SavedBytes.Of(Animals.Trainer(_mlContext).Fit(_data, loaded.Model)));
    }

    [Fact]
    public void A_validation_set_goes_with_it()
    {
        SigmoidMlpModelParameters first = Animals.Trainer(_mlContext, epochs: 1).Fit(_data).Model;

        SigmoidMlpTransformer second = Animals.Trainer(_mlContext, epochs: 1).Fit(_data, _mlContext.Data.TakeRows(_data, 60), first);

        Assert.Equal(60, second.Model.History[0].ValidationCount);
    }

    [Fact]
    public void Hidden_layers_of_another_shape_are_refused()
    {
        SigmoidMlpModelParameters first = _mlContext.MulticlassClassification.Trainers.SigmoidMlp(hiddenNeurons: 7, epochs: 1).Fit(_data).Model;

        var exception = Assert.Throws<ArgumentException>(() => Animals.Trainer(_mlContext).Fit(_data, first));

        Assert.Equal(
            "The model parameters are of a network [4, 7, 3], but the training set and HiddenLayers make [4, 6, 3]. " +
            "To train it further, they must be the same.",
            exception.Message);
    }

    [Fact]
    public void Another_number_of_features_is_refused()
    {
        SigmoidMlpModelParameters first = _mlContext.MulticlassClassification.Trainers
            .SigmoidMlp("Label", hiddenNeurons: 6, epochs: 1).Fit(_data).Model;
        IDataView wider = _mlContext.Transforms.Concatenate("Features", "Features", "Features").Fit(_data).Transform(_data);

        var exception = Assert.Throws<ArgumentException>(() => Animals.Trainer(_mlContext).Fit(wider, first));

        Assert.Contains("[4, 6, 3], but the training set and HiddenLayers make [8, 6, 3]", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_classes_are_refused_even_if_there_are_as_many()
    {
        SigmoidMlpModelParameters first = Animals.Trainer(_mlContext, epochs: 1).Fit(_data).Model;
        IDataView inOtherOrder = Animals.WithLabel(_mlContext, _mlContext.Data.LoadFromEnumerable(Animals.Rows().Skip(1)));

        var exception = Assert.Throws<ArgumentException>(() => Animals.Trainer(_mlContext).Fit(inOtherOrder, first));

        Assert.StartsWith(
            "The keys of the column 'Label' stand for [cat, dog, owl] in the model parameters, but for [dog, owl, cat] in the training set.",
            exception.Message, StringComparison.Ordinal);
    }
}
