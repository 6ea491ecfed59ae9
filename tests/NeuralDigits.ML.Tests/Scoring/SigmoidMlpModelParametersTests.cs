using Microsoft.ML;

namespace NeuralDigits.ML.Tests;

public sealed class SigmoidMlpModelParametersTests
{
    private readonly MLContext _mlContext = new(1);
    private readonly IDataView _data;
    private readonly SigmoidMlpModelParameters _parameters;

    public SigmoidMlpModelParametersTests()
    {
        _data = Animals.Labelled(_mlContext);
        var options = new SigmoidMlpTrainer.Options
        {
            HiddenLayers = [6, 5],
            Epochs = 3,
            LearningRate = 2.5f,
            Seed = 5,
            ValidationFraction = 0.2,
        };
        _parameters = _mlContext.MulticlassClassification.Trainers.SigmoidMlp(options).Fit(_data).Model;
    }

    [Fact]
    public void Sizes_and_layers_are_those_of_the_network()
    {
        Assert.Equal([4, 6, 5, 3], _parameters.Sizes);
        Assert.Equal([(4, 6), (6, 5), (5, 3)], _parameters.Layers.Select(layer => (layer.InputCount, layer.OutputCount)));
    }

    [Fact]
    public void Weights_are_outputs_by_inputs_and_with_the_biases_make_the_activations()
    {
        float[] activations = [0.1f, 0.7f, 0.3f, 0.2f];
        var expected = new float[3];
        _parameters.Network.Feedforward(activations, expected);

        for (int layer = 0; layer < 3; layer++)
        {
            float[,] weights = _parameters.GetWeights(layer);
            float[] biases = _parameters.GetBiases(layer);
            float[] inputs = activations;
            activations = [.. biases.Select((bias, output) =>
                (float)(1 / (1 + Math.Exp(-bias - inputs.Select((input, k) => (double)weights[output, k] * input).Sum()))))];
        }

        Assert.Equal(3, activations.Length);
        Assert.All(activations.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-5));
    }

    [Fact]
    public void What_is_read_is_a_copy()
    {
        float before = _parameters.GetWeights(0)[0, 0];
        _parameters.GetWeights(0)[0, 0] = before + 1;
        _parameters.GetBiases(0)[0] += 1;

        Assert.Equal(before, _parameters.GetWeights(0)[0, 0]);
        Assert.Equal(_parameters.Layers[0].Bias(0), _parameters.GetBiases(0)[0]);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void A_layer_that_is_not_there_is_refused(int layer)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _parameters.GetWeights(layer));
        Assert.Throws<ArgumentOutOfRangeException>(() => _parameters.GetBiases(layer));
    }

    [Fact]
    public void The_history_is_what_progress_was_told()
    {
        var recorder = new Recorder<EpochReport>();
        var options = new SigmoidMlpTrainer.Options { HiddenLayers = [], Epochs = 3, Progress = recorder };

        SigmoidMlpModelParameters model = _mlContext.MulticlassClassification.Trainers.SigmoidMlp(options).Fit(_data, _data).Model;

        Assert.Equal(3, model.History.Count);
        Assert.Equal(recorder.Reports.Select(EpochSummary.Of), model.History);
        Assert.Equal(recorder.Reports.Select(report => (double?)report.Validation!.Accuracy), model.History.Select(epoch => epoch.ValidationAccuracy));
        Assert.Equal(2, model.Epoch);
    }

    [Fact]
    public void The_options_that_decide_about_the_result_are_kept_in_any_culture() => Assert.Equal(
        ["Epochs=3", "Initialization=Scaled", "LearningRate=2.5", "MiniBatchSize=10", "ValidationFraction=0.2"],
        _parameters.Hyperparameters.Select(option => $"{option.Key}={option.Value}").Order(StringComparer.Ordinal));

    [Fact]
    public void A_saved_model_keeps_its_history_and_options()
    {
        var transformer = new SigmoidMlpTransformer(_parameters, "Features", addActivationsColumn: false);

        SigmoidMlpModelParameters loaded =
            ((SigmoidMlpTransformer)EstimatorCheck.Load(_mlContext, EstimatorCheck.Save(_mlContext, transformer, _data.Schema))).Model;

        Assert.Equal(_parameters.History, loaded.History);
        Assert.NotNull(loaded.History[0].ValidationAccuracy);
        Assert.Equal(_parameters.Hyperparameters.OrderBy(option => option.Key), loaded.Hyperparameters.OrderBy(option => option.Key));
        Assert.Equal(_parameters.Epoch, loaded.Epoch);
        Assert.Equal(5, loaded.Seed);
    }

    [Fact]
    public void A_network_trained_elsewhere_has_no_history()
    {
        SigmoidMlpModelParameters model = new SigmoidMlpTransformer(_parameters.ToModel()).Model;

        Assert.Empty(model.History);
        Assert.Empty(model.Hyperparameters);
        Assert.Null(model.Epoch);
    }
}
