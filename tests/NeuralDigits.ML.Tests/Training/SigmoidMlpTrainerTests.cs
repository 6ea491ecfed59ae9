using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace NeuralDigits.ML.Tests;

public sealed class SigmoidMlpTrainerTests
{
    private readonly MLContext _mlContext = new(1);

    [Fact]
    public void An_estimator_by_all_the_rules_of_ML_NET()
    {
        IDataView valid = Animals.Labelled(_mlContext);
        IDataView invalid = _mlContext.Data.LoadFromEnumerable([new { Features = 1f, Label = "cat" }]);

        EstimatorCheck.Holds(_mlContext, Animals.Trainer(_mlContext), valid, invalid);
    }

    [Fact]
    public void A_pipeline_around_it_is_an_estimator_by_all_the_rules_too()
    {
        IDataView valid = _mlContext.Data.LoadFromEnumerable(Animals.Rows());

        EstimatorCheck.Holds(_mlContext, Animals.Pipeline(_mlContext), valid);
    }

    [Fact]
    public void It_learns_to_tell_the_classes_apart()
    {
        IDataView rows = _mlContext.Data.LoadFromEnumerable(Animals.Rows());
        IDataView others = Animals.Labelled(_mlContext, seed: 2);

        var model = _mlContext.Transforms.Conversion.MapValueToKey("Label", "Kind").Append(Animals.Trainer(_mlContext)).Fit(rows);
        MulticlassClassificationMetrics metrics = _mlContext.MulticlassClassification.Evaluate(model.Transform(others));

        Assert.Equal(1, metrics.MicroAccuracy);
        Assert.Contains("cat", metrics.ConfusionMatrix.GetFormattedConfusionTable(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_short_form_and_the_options_give_the_same_network()
    {
        var trainers = _mlContext.MulticlassClassification.Trainers;
        IDataView data = Animals.Labelled(_mlContext);
        SigmoidMlpTransformer byShortForm = new MLContext(7).MulticlassClassification.Trainers
            .SigmoidMlp("Label", "Features", hiddenNeurons: 5, epochs: 2, miniBatchSize: 7, learningRate: 2).Fit(data);

        SigmoidMlpTransformer byOptions = trainers.SigmoidMlp(new SigmoidMlpTrainer.Options
        {
            HiddenLayers = [5],
            Epochs = 2,
            MiniBatchSize = 7,
            LearningRate = 2,
            Seed = byShortForm.Model.Seed,
        }).Fit(data);

        Assert.Equal(ModelFile.Write(byShortForm.Model.ToModel()), ModelFile.Write(byOptions.Model.ToModel()));
        Assert.Equal([4, 5, 3], byOptions.Model.Network.Sizes);
    }

    [Fact]
    public void Options_can_be_set_one_by_one_and_later_changes_do_not_reach_the_trainer()
    {
        int[] hiddenLayers = [5];
        var options = new SigmoidMlpTrainer.Options();
        options.HiddenLayers = hiddenLayers;
        options.Epochs = 2;
        SigmoidMlpTrainer trainer = _mlContext.MulticlassClassification.Trainers.SigmoidMlp(options);

        hiddenLayers[0] = 0;
        options.Epochs = 3;
        options.FeatureColumnName = "Elsewhere";
        options.AddActivationsColumn = true;
        SigmoidMlpTransformer model = trainer.Fit(Animals.Labelled(_mlContext));

        Assert.Equal([4, 5, 3], model.Model.Sizes);
        Assert.Equal(2, model.Model.History.Count);
        Assert.False(model.AddsActivationsColumn);
    }

    [Fact]
    public void No_validation_set_may_be_given_as_null()
    {
        IDataView data = Animals.Labelled(_mlContext);

        SigmoidMlpTransformer model = Animals.Trainer(_mlContext).Fit(data, null);

        Assert.Equal(SavedBytes.Of(Animals.Trainer(_mlContext).Fit(data)), SavedBytes.Of(model));
    }

    [Fact]
    public void The_network_is_that_which_the_library_trains_on_the_same_images_bit_for_bit()
    {
        LabelledImages images = SmallImages.Make(200);
        var options = new TrainingOptions { HiddenLayers = [7, 5], Epochs = 3, Seed = 11 };
        Network expected = StochasticGradientDescent.Train(new ImageExamples(images), null, options).Network;

        SigmoidMlpTransformer model = _mlContext.MulticlassClassification.Trainers
            .SigmoidMlp(new SigmoidMlpTrainer.Options { HiddenLayers = [7, 5], Epochs = 3, Seed = 11 })
            .Fit(_mlContext.Data.LoadFromImages(images));

        Assert.Equal(ModelFile.Write(new Model(expected, model.Model.Labels, Model.NoScaling)), ModelFile.Write(model.Model.ToModel()));
    }

    [Fact]
    public void Sparse_features_train_the_same_network_as_dense_ones()
    {
        IDataView dense = _mlContext.Data.LoadFromEnumerable(Animals.RowsWithZeros());
        IDataView sparse = _mlContext.Data.LoadFromEnumerable(
            from row in Animals.RowsWithZeros()
            select new SparseAnimal { Features = Animals.Sparse(row.Features), Kind = row.Kind });

        Network ofDense = Animals.Trainer(_mlContext).Fit(Animals.WithLabel(_mlContext, dense)).Model.Network;
        Network ofSparse = Animals.Trainer(_mlContext).Fit(Animals.WithLabel(_mlContext, sparse)).Model.Network;

        Assert.Equal(Weights(ofDense), Weights(ofSparse));
    }

    [Fact]
    public void Without_a_seed_the_context_decides_and_the_model_tells_the_seed()
    {
        IDataView data = Animals.Labelled(_mlContext);
        SigmoidMlpModelParameters Train(int contextSeed) =>
            new MLContext(contextSeed).MulticlassClassification.Trainers.SigmoidMlp(hiddenNeurons: 3, epochs: 1).Fit(data).Model;

        Assert.NotNull(Train(1).Seed);
        Assert.Equal(Train(1).Seed, Train(1).Seed);
        Assert.NotEqual(Train(1).Seed, Train(2).Seed);
        Assert.Equal(Weights(Train(1).Network), Weights(Train(1).Network));
        Assert.NotEqual(Weights(Train(1).Network), Weights(Train(2).Network));
    }

    [Fact]
    public void Fitting_twice_gives_the_same_network()
    {
        IDataView data = Animals.Labelled(_mlContext);
        SigmoidMlpTrainer trainer = _mlContext.MulticlassClassification.Trainers.SigmoidMlp(hiddenNeurons: 3, epochs: 2);

        Assert.Equal(Weights(trainer.Fit(data).Model.Network), Weights(trainer.Fit(data).Model.Network));
    }

    [Fact]
    public void The_input_is_read_once_however_many_epochs_there_are()
    {
        int rowsRead = 0;
        IEnumerable<Animal> rows = Animals.Rows(30).Select(row =>
        {
            rowsRead++;
            return row;
        });
        IDataView data = Animals.WithLabel(_mlContext, _mlContext.Data.LoadFromEnumerable(rows));
        rowsRead = 0;

        Animals.Trainer(_mlContext, epochs: 5).Fit(data);

        Assert.Equal(30, rowsRead);
    }

    [Fact]
    public void It_tells_what_it_needs()
    {
        TrainerInfo info = Animals.Trainer(_mlContext).Info;

        Assert.True(info.NeedNormalization);
        Assert.False(info.WantCaching);
        Assert.True(Tells(info, "SupportsValidation"));
        Assert.True(Tells(info, "SupportsIncrementalTraining"));
        Assert.False(Tells(info, "NeedCalibration"));
        Assert.False(Tells(info, "SupportsTest"));
    }

    [Fact]
    public void Cross_validation_trains_a_model_for_each_fold()
    {
        IDataView data = Animals.Labelled(_mlContext);

        var folds = _mlContext.MulticlassClassification.CrossValidate(data, Animals.Trainer(_mlContext), numberOfFolds: 3);

        Assert.Equal(3, folds.Count);
        Assert.All(folds, fold => Assert.True(fold.Metrics.MicroAccuracy > 0.9, $"micro-accuracy {fold.Metrics.MicroAccuracy}"));
        Assert.All(folds, fold => Assert.IsType<SigmoidMlpTransformer>(fold.Model));
    }

    [Fact]
    public void A_cache_checkpoint_before_it_changes_nothing()
    {
        IDataView rows = _mlContext.Data.LoadFromEnumerable(Animals.Rows());
        var keys = _mlContext.Transforms.Conversion.MapValueToKey("Label", "Kind");

        Network cached = keys.AppendCacheCheckpoint(_mlContext).Append(Animals.Trainer(_mlContext)).Fit(rows).LastTransformer.Model.Network;
        Network direct = keys.Append(Animals.Trainer(_mlContext)).Fit(rows).LastTransformer.Model.Network;

        Assert.Equal(Weights(direct), Weights(cached));
    }

    [Fact]
    public void Permutation_feature_importance_finds_the_feature_that_tells_nothing()
    {
        IDataView data = Animals.Labelled(_mlContext);
        SigmoidMlpTransformer model = Animals.Trainer(_mlContext).Fit(data);

        var importance = _mlContext.MulticlassClassification.PermutationFeatureImportance(model, data, permutationCount: 2);

        Assert.Equal(4, importance.Length);
        Assert.All(importance.Take(3), feature => Assert.True(feature.MicroAccuracy.Mean < importance[3].MicroAccuracy.Mean));
    }

    [Fact]
    public void Permutation_feature_importance_takes_a_chain_too_and_names_the_features()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(Animals.Rows().Select(
            row => new Measured { Whiskers = row.Features[0], Bark = row.Features[1], Wings = row.Features[2], Noise = row.Features[3], Kind = row.Kind }));
        var pipeline = _mlContext.Transforms.Conversion.MapValueToKey("Label", "Kind")
            .Append(_mlContext.Transforms.Concatenate("Features", "Whiskers", "Bark", "Wings", "Noise"))
            .Append(Animals.Trainer(_mlContext));
        TransformerChain<SigmoidMlpTransformer> model = pipeline.Fit(data);

        var importance = _mlContext.MulticlassClassification.PermutationFeatureImportance(model, model.Transform(data), permutationCount: 2);

        Assert.Equal(["Bark", "Noise", "Whiskers", "Wings"], importance.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("Noise", importance.MaxBy(feature => feature.Value.MicroAccuracy.Mean).Key);
    }

    // What only ML.NET itself may read.
    private static bool Tells(TrainerInfo info, string property) =>
        (bool)typeof(TrainerInfo).GetProperty(property, BindingFlags.NonPublic | BindingFlags.Instance)!.GetValue(info)!;

    private static float[] Weights(Network network)
    {
        var all = new List<float>();
        foreach (Layer layer in network.Layers)
        {
            var weights = new float[layer.OutputCount * layer.InputCount];
            layer.CopyWeightsTo(weights);
            all.AddRange(weights);
            all.AddRange(Enumerable.Range(0, layer.OutputCount).Select(layer.Bias));
        }

        return [.. all];
    }

    private sealed class Measured
    {
        public float Whiskers { get; init; }

        public float Bark { get; init; }

        public float Wings { get; init; }

        public float Noise { get; init; }

        public string Kind { get; init; } = "";
    }

    private sealed class SparseAnimal
    {
        [VectorType(4)]
        public VBuffer<float> Features { get; init; }

        public string Kind { get; init; } = "";
    }
}
