using Microsoft.ML;
using Microsoft.ML.Data;

namespace NeuralDigits.ML.Tests;

public sealed class SaveAndLoadTests
{
    private readonly MLContext _mlContext = new(1);

    [Fact]
    public void A_chain_comes_back_with_our_transformer_in_it_and_the_same_scores_bit_for_bit()
    {
        IDataView rows = _mlContext.Data.LoadFromEnumerable(Animals.Rows());
        ITransformer model = Animals.Pipeline(_mlContext).Fit(rows);

        ITransformer loaded = EstimatorCheck.Load(new MLContext(), EstimatorCheck.Save(_mlContext, model, rows.Schema));

        Assert.Equal(
            ["ValueToKeyMappingTransformer", "SigmoidMlpTransformer", "KeyToValueMappingTransformer"],
            Assert.IsType<TransformerChain<ITransformer>>(loaded).Select(member => member.GetType().Name));
        Assert.Equal(Rows.Of(model.Transform(rows)), Rows.Of(loaded.Transform(rows)));
    }

    [Fact]
    public void The_loaded_transformer_knows_all_that_the_saved_one_knew()
    {
        IDataView rows = Animals.Labelled(_mlContext);
        IDataView data = _mlContext.Transforms.CopyColumns("Inputs", "Features").Fit(rows).Transform(rows);
        var options = new SigmoidMlpTrainer.Options { FeatureColumnName = "Inputs", HiddenLayers = [3, 2], Epochs = 1, Seed = -7 };
        SigmoidMlpTransformer saved = _mlContext.MulticlassClassification.Trainers.SigmoidMlp(options).Fit(data);

        byte[] file = EstimatorCheck.Save(_mlContext, saved, data.Schema);
        var loaded = Assert.IsType<SigmoidMlpTransformer>(EstimatorCheck.Load(_mlContext, file));

        Assert.Equal("Inputs", loaded.FeatureColumnName);
        Assert.Equal(saved.FeatureColumnType, loaded.FeatureColumnType);
        Assert.Equal(-7, loaded.Model.Seed);
        Assert.Equal(["cat", "dog", "owl"], loaded.Model.Labels);
        Assert.Equal(ModelFile.Write(saved.Model.ToModel()), ModelFile.Write(loaded.Model.ToModel()));
    }

    [Fact]
    public void A_loaded_model_can_be_saved_again_with_the_same_content()
    {
        SigmoidMlpTransformer saved = Animals.Trainer(_mlContext).Fit(Animals.Labelled(_mlContext));

        var loaded = (SigmoidMlpTransformer)EstimatorCheck.Load(_mlContext, EstimatorCheck.Save(_mlContext, saved, null!));

        Assert.Equal(SavedBytes.Of(saved), SavedBytes.Of(loaded));
    }

    [Fact]
    public void The_input_schema_comes_back_too()
    {
        IDataView rows = _mlContext.Data.LoadFromEnumerable(Animals.Rows());
        byte[] file = EstimatorCheck.Save(_mlContext, Animals.Pipeline(_mlContext).Fit(rows), rows.Schema);

        _mlContext.Model.Load(new MemoryStream(file), out DataViewSchema schema);

        Assert.Equal(Rows.SchemaOf(rows.Schema), Rows.SchemaOf(schema));
    }

    [Fact]
    public void A_prediction_engine_works_on_a_loaded_chain()
    {
        IDataView rows = _mlContext.Data.LoadFromEnumerable(Animals.Rows());
        byte[] file = EstimatorCheck.Save(_mlContext, Animals.Pipeline(_mlContext).Fit(rows), rows.Schema);
        ITransformer loaded = EstimatorCheck.Load(_mlContext, file);

        var engine = _mlContext.Model.CreatePredictionEngine<Animal, AnimalPrediction>(loaded);

        Assert.Equal("owl", engine.Predict(new Animal { Features = [0.1f, 0.2f, 0.9f, 0.2f] }).PredictedLabel);
    }
}
