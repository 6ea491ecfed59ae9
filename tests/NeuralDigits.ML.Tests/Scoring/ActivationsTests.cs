using Microsoft.ML;
using Microsoft.ML.Data;

namespace NeuralDigits.ML.Tests;

public sealed class ActivationsTests
{
    private readonly MLContext _mlContext = new(1);
    private readonly IDataView _data;
    private readonly SigmoidMlpTrainer _trainer;

    public ActivationsTests()
    {
        _data = Animals.Labelled(_mlContext);
        _trainer = _mlContext.MulticlassClassification.Trainers.SigmoidMlp(
            new SigmoidMlpTrainer.Options { HiddenLayers = [6], Epochs = 5, Seed = 5, AddActivationsColumn = true });
    }

    [Fact]
    public void An_estimator_by_all_the_rules_of_ML_NET() => EstimatorCheck.Holds(
        _mlContext, _trainer, _data, _mlContext.Data.LoadFromEnumerable([new { Features = 1f, Label = "cat" }]));

    [Fact]
    public void They_are_what_the_network_puts_out_and_scores_are_their_shares()
    {
        SigmoidMlpTransformer model = _trainer.Fit(_data);
        IDataView scored = model.Transform(_data);

        float[][] activations = [.. scored.GetColumn<float[]>("Activations")];
        float[][] scores = Rows.Scores(scored);
        List<Animal> rows = Animals.Rows();
        for (int row = 0; row < rows.Count; row++)
        {
            var expected = new float[3];
            model.Model.Network.Feedforward(rows[row].Features, expected);
            Assert.Equal(expected, activations[row]);
            NeuralDigits.Scores.Normalize(expected, expected);
            Assert.Equal(expected, scores[row]);
        }
    }

    [Fact]
    public void The_column_says_what_it_is() => Assert.Equal(
        "Activations: Vector<Single, 3> {ScoreColumnKind: String = MulticlassClassification; " +
        "ScoreColumnSetId: Key<UInt32, 0-2147483646> = 1; ScoreValueKind: String = Activations; SlotNames: Vector<String, 3> = cat dog owl}",
        Rows.SchemaOf(_trainer.Fit(_data).GetOutputSchema(_data.Schema))[^1]);

    [Fact]
    public void Without_the_option_there_are_none() =>
        Assert.Null(Animals.Trainer(_mlContext, epochs: 1).Fit(_data).GetOutputSchema(_data.Schema).GetColumnOrNull("Activations"));

    [Fact]
    public void A_saved_model_goes_on_to_put_them_out_and_ML_NET_evaluates_it()
    {
        ITransformer loaded = EstimatorCheck.Load(_mlContext, EstimatorCheck.Save(_mlContext, _trainer.Fit(_data), _data.Schema));

        Assert.True(((SigmoidMlpTransformer)loaded).AddsActivationsColumn);
        Assert.InRange(_mlContext.MulticlassClassification.Evaluate(loaded.Transform(_data)).MicroAccuracy, 0.9, 1);
    }

    [Fact]
    public void Of_a_row_with_a_feature_that_is_not_finite_they_are_NaN()
    {
        IDataView rows = _mlContext.Data.LoadFromEnumerable([new Animal { Features = [0, float.NaN, 0, 0] }]);

        Assert.All(_trainer.Fit(_data).Transform(rows).GetColumn<float[]>("Activations").Single(), value => Assert.True(float.IsNaN(value)));
    }

    [Fact]
    public void A_model_trained_elsewhere_can_put_them_out_too()
    {
        var transformer = new SigmoidMlpTransformer(_trainer.Fit(_data).Model.ToModel(), addActivationsColumn: true);

        Assert.Equal(
            _trainer.Fit(_data).Transform(_data).GetColumn<float[]>("Activations"),
            transformer.Transform(_data).GetColumn<float[]>("Activations"));
    }
}
