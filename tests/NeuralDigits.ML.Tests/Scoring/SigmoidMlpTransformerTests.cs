using Microsoft.ML;
using Microsoft.ML.Data;

namespace NeuralDigits.ML.Tests;

public sealed class SigmoidMlpTransformerTests
{
    private readonly MLContext _mlContext = new(1);

    [Fact]
    public void Scores_sum_to_1_and_the_predicted_label_is_the_class_with_the_largest()
    {
        IDataView data = Animals.Labelled(_mlContext);

        IDataView scored = Animals.Trainer(_mlContext).Fit(data).Transform(data);

        uint[] predicted = [.. scored.GetColumn<uint>("PredictedLabel")];
        float[][] scores = Rows.Scores(scored);
        for (int row = 0; row < predicted.Length; row++)
        {
            Assert.Equal(1, scores[row].Sum(), 1e-6);
            Assert.Equal(Array.IndexOf(scores[row], scores[row].Max()) + 1u, predicted[row]);
        }
    }

    [Fact]
    public void Scores_are_the_activations_of_the_network_divided_by_their_sum_bit_for_bit()
    {
        IDataView data = Animals.Labelled(_mlContext);
        SigmoidMlpTransformer model = Animals.Trainer(_mlContext).Fit(data);

        float[][] scores = Rows.Scores(model.Transform(data));

        List<Animal> rows = Animals.Rows();
        for (int row = 0; row < rows.Count; row++)
        {
            var activations = new float[3];
            model.Model.Network.Feedforward(rows[row].Features, activations);
            NeuralDigits.Scores.Normalize(activations, activations);
            Assert.Equal(activations, scores[row]);
        }
    }

    [Fact]
    public void Output_columns_say_what_they_are()
    {
        IDataView data = Animals.Labelled(_mlContext);

        DataViewSchema schema = Animals.Trainer(_mlContext, epochs: 1).Fit(data).GetOutputSchema(data.Schema);

        Assert.Equal(
        [
            "PredictedLabel: Key<UInt32, 0-2> {KeyValues: Vector<String, 3> = cat dog owl; " +
            "ScoreColumnKind: String = MulticlassClassification; ScoreColumnSetId: Key<UInt32, 0-2147483646> = 1; " +
            "ScoreValueKind: String = PredictedLabel}",
            "Score: Vector<Single, 3> {ScoreColumnKind: String = MulticlassClassification; " +
            "ScoreColumnSetId: Key<UInt32, 0-2147483646> = 1; ScoreValueKind: String = Score; " +
            "SlotNames: Vector<String, 3> = cat dog owl; TrainingLabelValues: Vector<String, 3> = cat dog owl}",
        ],
        Rows.SchemaOf(schema)[^2..]);
    }

    [Fact]
    public void A_second_model_on_the_same_rows_gets_its_own_number()
    {
        IDataView data = Animals.Labelled(_mlContext);
        SigmoidMlpTransformer model = Animals.Trainer(_mlContext, epochs: 1).Fit(data);

        DataViewSchema schema = model.GetOutputSchema(model.GetOutputSchema(data.Schema));

        uint id = 0;
        schema["Score"].Annotations.GetValue("ScoreColumnSetId", ref id);
        Assert.Equal(2u, id);
    }

    [Fact]
    public void Keys_without_values_give_predictions_without_names()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(
            [new NumberedAnimal { Features = [1, 0], Label = 1 }, new NumberedAnimal { Features = [0, 1], Label = 2 }]);
        SigmoidMlpTrainer trainer = Animals.Trainer(_mlContext);

        EstimatorCheck.Holds(_mlContext, trainer, data);
        SigmoidMlpTransformer model = trainer.Fit(data);

        Assert.Equal(["0", "1", "2"], model.Model.Labels);
        Assert.Null(model.GetOutputSchema(data.Schema)["Score"].Annotations.Schema.GetColumnOrNull("SlotNames"));
        Assert.Null(model.GetOutputSchema(data.Schema)["PredictedLabel"].Annotations.Schema.GetColumnOrNull("KeyValues"));
    }

    [Fact]
    public void A_prediction_engine_gives_the_same_as_a_data_view()
    {
        List<Animal> rows = Animals.Rows();
        IDataView data = _mlContext.Data.LoadFromEnumerable(rows);
        ITransformer model = Animals.Pipeline(_mlContext).Fit(data);
        var engine = _mlContext.Model.CreatePredictionEngine<Animal, AnimalPrediction>(model);

        AnimalPrediction[] expected = [.. _mlContext.Data.CreateEnumerable<AnimalPrediction>(model.Transform(data), reuseRowObject: false)];

        for (int row = 0; row < rows.Count; row++)
        {
            AnimalPrediction prediction = engine.Predict(rows[row]);
            Assert.Equal(expected[row].PredictedLabel, prediction.PredictedLabel);
            Assert.Equal(expected[row].Score, prediction.Score);
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_feature_that_is_not_finite_gives_a_missing_label_and_scores_of_NaN_for_its_row_only(float value)
    {
        List<Animal> rows = Animals.Rows(3);
        SigmoidMlpTransformer model = Animals.Trainer(_mlContext).Fit(Animals.Labelled(_mlContext));
        string[] untouched = Rows.Of(model.Transform(_mlContext.Data.LoadFromEnumerable(rows)));
        rows[1].Features[3] = value;

        IDataView scored = model.Transform(_mlContext.Data.LoadFromEnumerable(rows));

        Assert.All(Rows.Scores(scored)[1], score => Assert.True(float.IsNaN(score)));
        Assert.Equal(0u, scored.GetColumn<uint>("PredictedLabel").ElementAt(1));
        Assert.Equal(untouched[0], Rows.Of(scored)[0]);
        Assert.Equal(untouched[2], Rows.Of(scored)[2]);
    }

    [Fact]
    public void Sparse_rows_score_like_dense_ones()
    {
        SigmoidMlpTransformer model = Animals.Trainer(_mlContext).Fit(Animals.Labelled(_mlContext));
        IDataView dense = _mlContext.Data.LoadFromEnumerable(
            [new Animal { Features = [0, 0.5f, 0, 0.25f] }, new Animal { Features = [1, 0, 0, 0] }]);
        IDataView sparse = _mlContext.Data.LoadFromEnumerable(
        [
            new SparseAnimal { Features = new VBuffer<float>(4, 2, [0.5f, 0.25f], [1, 3]) },
            new SparseAnimal { Features = new VBuffer<float>(4, 1, [1f], [0]) },
        ]);

        Assert.Equal(Rows.Scores(model.Transform(dense)), Rows.Scores(model.Transform(sparse)));
    }

    [Fact]
    public void A_row_is_scored_once_for_both_outputs_and_not_at_all_for_the_others()
    {
        int featuresMade = 0;
        IDataView rows = _mlContext.Data.LoadFromEnumerable(Animals.Rows(20));
        var counting = _mlContext.Transforms.CustomMapping<Animal, CountedFeatures>(
            (from, to) =>
            {
                to.Features = from.Features;
                featuresMade++;
            },
            contractName: null).Fit(rows).Transform(rows);
        SigmoidMlpTransformer model = Animals.Trainer(_mlContext, epochs: 1).Fit(Animals.Labelled(_mlContext));
        IDataView scored = model.Transform(counting);
        Assert.Equal(0, featuresMade);

        CursorReading.InOrder(scored, [scored.Schema["PredictedLabel"], scored.Schema["Score"]]);
        Assert.Equal(20, featuresMade);

        CursorReading.InOrder(scored, [scored.Schema["Kind"]]);
        Assert.Equal(20, featuresMade);
    }

    [Fact]
    public void Only_the_features_are_needed_for_the_scores()
    {
        IDataView data = Animals.Labelled(_mlContext);
        IRowToRowMapper mapper = Animals.Trainer(_mlContext, epochs: 1).Fit(data).GetRowToRowMapper(data.Schema);

        string[] Needs(params string[] outputs) =>
            [.. mapper.GetDependencies(outputs.Select(output => mapper.OutputSchema[output])).Select(column => column.Name)];

        Assert.Equal(["Features"], Needs("Score"));
        Assert.Equal(["Features"], Needs("PredictedLabel", "Score"));
        Assert.Equal(["Kind"], Needs("Kind"));
        Assert.Equal(["Features", "Kind"], Needs("Kind", "Score"));
    }

    [Fact]
    public void Many_threads_may_score_with_one_transformer()
    {
        IDataView data = Animals.Labelled(_mlContext);
        SigmoidMlpTransformer model = Animals.Trainer(_mlContext).Fit(data);
        string[] expected = Rows.Of(model.Transform(data));

        Parallel.For(0, 16, _ => Assert.Equal(expected, Rows.Of(model.Transform(data))));
    }

    [Fact]
    public void Images_of_two_dimensions_are_taken_as_rows_of_pixels()
    {
        SigmoidMlpTransformer model = Animals.Trainer(_mlContext).Fit(Animals.Labelled(_mlContext));
        IDataView square = _mlContext.Data.LoadFromEnumerable([new SquareAnimal { Features = [0.1f, 0.2f, 0.3f, 0.4f] }]);
        IDataView flat = _mlContext.Data.LoadFromEnumerable([new Animal { Features = [0.1f, 0.2f, 0.3f, 0.4f] }]);

        Assert.Equal(Rows.Scores(model.Transform(flat)), Rows.Scores(model.Transform(square)));
    }

    [Fact]
    public void Features_of_another_size_are_refused()
    {
        SigmoidMlpTransformer model = Animals.Trainer(_mlContext, epochs: 1).Fit(Animals.Labelled(_mlContext));

        var exception = Assert.Throws<ArgumentException>(() => model.Transform(_mlContext.Data.LoadFromImages(SmallImages.Make(1))));

        Assert.Equal("The feature column 'Features' is of type Vector<Single, 6>; the network takes 4 values.", exception.Message);
    }

    [Fact]
    public void A_model_trained_without_ML_NET_becomes_a_transformer()
    {
        LabelledImages images = SmallImages.Make(50);
        IDataView data = _mlContext.Data.LoadFromImages(images);
        var options = new TrainingOptions { HiddenLayers = [5], Epochs = 2 };
        Network network = StochasticGradientDescent.Train(new ImageExamples(images), null, options).Network;
        string[] names = [.. Enumerable.Range(0, 10).Select(digit => $"digit {digit}")];

        var transformer = new SigmoidMlpTransformer(ModelFile.Read(ModelFile.Write(new Model(network, names, Model.PixelScaling))));
        IDataView scored = transformer.Transform(data);
        IDataView named = _mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel").Fit(scored).Transform(scored);
        string[] predicted = [.. named.GetColumn<string>("PredictedLabel")];

        Assert.Null(transformer.Model.Seed);
        Assert.Equal(Model.PixelScaling, transformer.Model.ToModel().InputScaling);
        for (int image = 0; image < images.Count; image++)
            Assert.Equal(names[network.Predict([.. images.Image(image).ToArray().Select(Pixel.ToFeature)])], predicted[image]);
    }

    private sealed class NumberedAnimal
    {
        [VectorType(2)]
        public float[] Features { get; init; } = [];

        [KeyType(3)]
        public uint Label { get; init; }
    }

    private sealed class SparseAnimal
    {
        [VectorType(4)]
        public VBuffer<float> Features { get; init; }
    }

    private sealed class SquareAnimal
    {
        [VectorType(2, 2)]
        public float[] Features { get; init; } = [];
    }

    private sealed class CountedFeatures
    {
        [VectorType(4)]
        public float[] Features { get; set; } = [];
    }
}
