using Microsoft.ML;
using Microsoft.ML.Data;

namespace NeuralDigits.ML.Tests;

public sealed class MnistTests
{
    [MnistFact]
    public void MNIST_gives_50000_training_10000_validation_and_10000_test_images()
    {
        DataSetViews digits = new MLContext(1).Data.LoadMnist(MnistFactAttribute.Folder);

        Assert.Equal(50_000, digits.Training.GetRowCount());
        Assert.Equal(10_000, digits.Validation.GetRowCount());
        Assert.Equal(10_000, digits.Test.GetRowCount());
        Assert.Equal([6u, 1u, 5u, 2u], digits.Training.GetColumn<uint>("Label").Take(4));
        Assert.Equal([4u, 9u, 7u, 10u], digits.Validation.GetColumn<uint>("Label").Take(4));
        Assert.Equal([8u, 3u, 2u, 1u], digits.Test.GetColumn<uint>("Label").Take(4));
    }

    [MnistFact]
    public void One_epoch_on_MNIST_recognises_nine_digits_of_ten_and_a_loaded_model_gives_the_same_scores()
    {
        var mlContext = new MLContext(seed: 1);
        DataSetViews digits = mlContext.Data.LoadMnist(MnistFactAttribute.Folder);
        SigmoidMlpTrainer trainer = mlContext.MulticlassClassification.Trainers.SigmoidMlp(hiddenNeurons: 30, epochs: 1);

        SigmoidMlpTransformer model = trainer.Fit(digits.Training, digits.Validation);
        IDataView scored = model.Transform(digits.Test);
        MulticlassClassificationMetrics metrics = mlContext.MulticlassClassification.Evaluate(scored);

        Assert.InRange(metrics.MicroAccuracy, 0.9, 1);
        Assert.InRange(metrics.LogLoss, 0, 0.6);
        Assert.Equal(10, metrics.ConfusionMatrix.NumberOfClasses);
        ITransformer loaded = EstimatorCheck.Load(mlContext, EstimatorCheck.Save(mlContext, model, digits.Test.Schema));
        Assert.Equal(Rows.Scores(scored), Rows.Scores(loaded.Transform(digits.Test)));
    }

    [MnistFact]
    public void The_estimator_holds_to_the_rules_of_ML_NET_on_MNIST()
    {
        var mlContext = new MLContext(seed: 1);
        IDataView digits = mlContext.Data.TakeRows(mlContext.Data.LoadMnist(MnistFactAttribute.Folder).Training, 500);
        IDataView others = mlContext.Data.LoadFromEnumerable([new { Features = 1f, Label = "1" }]);

        EstimatorCheck.Holds(mlContext, mlContext.MulticlassClassification.Trainers.SigmoidMlp(epochs: 2), digits, others);
    }
}
