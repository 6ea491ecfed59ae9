using System.Globalization;
using Microsoft.ML;

namespace NeuralDigits.ML.Tests;

/// <summary>
/// Models saved by versions that were released load for ever. For each version of the saved form, the folder Golden holds a model as it
/// wrote it, never to be written again, and what it scored.
/// </summary>
public sealed class GoldenFileTests
{
    private readonly MLContext _mlContext = new();

    [Theory]
    [InlineData("version1")]
    public void A_model_of_an_older_version_gives_the_scores_that_it_gave_then_bit_for_bit(string version)
    {
        IDataView rows = _mlContext.Data.LoadFromEnumerable(Animals.Rows(12, seed: 8));

        ITransformer model = _mlContext.Model.Load(Path.Combine(AppContext.BaseDirectory, "Golden", $"{version}.zip"), out DataViewSchema schema);

        Assert.Equal(Rows.SchemaOf(rows.Schema), Rows.SchemaOf(schema));
        Assert.Equal(
            File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Golden", $"{version}.txt")),
            Rows.Of(_mlContext.Transforms.SelectColumns("PredictedLabel", "Score", "Activations").Fit(model.Transform(rows)).Transform(model.Transform(rows))));
    }

    [Fact]
    public void Version_1_knows_how_it_was_trained()
    {
        var chain = (IEnumerable<ITransformer>)_mlContext.Model.Load(Path.Combine(AppContext.BaseDirectory, "Golden", "version1.zip"), out _);
        SigmoidMlpModelParameters parameters = chain.OfType<SigmoidMlpTransformer>().Single().Model;

        Assert.Equal([4, 6, 3], parameters.Sizes);
        Assert.Equal(["cat", "dog", "owl"], parameters.Labels);
        Assert.Equal(5, parameters.Seed);
        Assert.Equal(9, parameters.Epoch);
        Assert.Equal("3", parameters.Hyperparameters["LearningRate"]);
        Assert.Equal(10, parameters.History.Count);
        Assert.Equal("30 of 30", string.Create(
            CultureInfo.InvariantCulture, $"{parameters.History[9].ValidationCorrect} of {parameters.History[9].ValidationCount}"));
    }
}
