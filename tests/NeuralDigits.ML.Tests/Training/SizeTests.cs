using Microsoft.ML;
using Microsoft.ML.Data;

namespace NeuralDigits.ML.Tests;

/// <summary>The smallest and the largest of what a trainer is given.</summary>
public sealed class SizeTests
{
    private readonly MLContext _mlContext = new(1);

    [Fact]
    public void One_feature() => Check(rows: 200, features: 1, classes: 2, epochs: 200, learningRate: 3);

    [Fact]
    public void Ten_thousand_features() => Check(rows: 60, features: 10_000, classes: 3, epochs: 8, learningRate: 1);

    [Fact]
    public void A_hundred_thousand_rows() => Check(rows: 100_000, features: 8, classes: 4, epochs: 1, learningRate: 1);

    [Fact]
    public void Thirty_classes() => Check(rows: 3_000, features: 90, classes: 30, epochs: 15, learningRate: 3);

    [Fact]
    public void Fifty_thousand_classes_take_no_more_memory_than_their_network_does()
    {
        IDataView data = Data(rows: 12, features: 4, classes: 4, declaredClasses: 50_000);
        SigmoidMlpTrainer trainer = _mlContext.MulticlassClassification.Trainers.SigmoidMlp(new SigmoidMlpTrainer.Options
        {
            HiddenLayers = [2],
            Epochs = 3,
            MiniBatchSize = 4,
            Seed = 1,
            Threads = 1,
            ValidationFraction = 0.3,
        });
        long before = GC.GetAllocatedBytesForCurrentThread();

        SigmoidMlpTransformer model = trainer.Fit(data);

        // Whole confusion matrices would take 10 GB each. The batches of training and evaluation take about 20 MB.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000_000);
        Assert.Equal(50_000, model.Model.Labels.Count);
        Assert.All(model.Model.History, epoch => Assert.Equal(4, epoch.ValidationCount));
    }

    [Fact]
    public void One_class_more_than_there_are_rows_of_is_never_predicted()
    {
        IDataView data = Data(rows: 100, features: 3, classes: 3, declaredClasses: 4);
        var log = new TrainerLog(_mlContext);

        IDataView scored = Trainer(epochs: 20, learningRate: 3).Fit(data).Transform(data);

        Assert.Equal("Warning: No training row is of these classes, which the network will learn never to predict: 3.", log.Warnings.First());
        Assert.All(scored.GetColumn<float[]>("Score"), scores => Assert.Equal(4, scores.Length));
        Assert.DoesNotContain(4u, scored.GetColumn<uint>("PredictedLabel"));
    }

    private void Check(int rows, int features, int classes, int epochs, float learningRate)
    {
        IDataView data = Data(rows, features, classes, classes);

        SigmoidMlpTransformer model = Trainer(epochs, learningRate).Fit(data);
        IDataView scored = ((SigmoidMlpTransformer)EstimatorCheck.Load(
            _mlContext, EstimatorCheck.Save(_mlContext, model, data.Schema))).Transform(data);

        Assert.InRange(_mlContext.MulticlassClassification.Evaluate(scored).MicroAccuracy, 0.95, 1);
    }

    private SigmoidMlpTrainer Trainer(int epochs, float learningRate) => _mlContext.MulticlassClassification.Trainers.SigmoidMlp(
        new SigmoidMlpTrainer.Options { HiddenLayers = [30], Epochs = epochs, LearningRate = learningRate, Seed = 1 });

    // With one feature, its size tells the class; with more, where it is large.
    private IDataView Data(int rows, int features, int classes, int declaredClasses)
    {
        SchemaDefinition definition = SchemaDefinition.Create(typeof(Row));
        definition["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, features);
        definition["Label"].ColumnType = new KeyDataViewType(typeof(uint), declaredClasses);
        return _mlContext.Data.LoadFromEnumerable(
            Enumerable.Range(0, rows).Select(row =>
            {
                int label = row % classes;
                var values = new float[features];
                if (features == 1)
                    values[0] = label + (row % 5 * 0.05f);
                else
                    values.AsSpan(label * (features / classes), features / classes).Fill(1 - (row % 5 * 0.1f));
                return new Row { Features = values, Label = (uint)label };
            }),
            definition);
    }

    private sealed class Row
    {
        public float[] Features { get; init; } = [];

        public uint Label { get; init; }
    }
}
