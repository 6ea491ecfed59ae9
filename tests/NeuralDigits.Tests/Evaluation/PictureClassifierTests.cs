namespace NeuralDigits.Tests;

public class PictureClassifierTests
{
    private static readonly string[] Names = [.. Enumerable.Range(0, 10).Select(i => $"digit {i}")];

    [Fact]
    public void A_picture_is_made_an_image_first_and_gets_the_class_of_the_highest_score()
    {
        Network network = Random([784, 20, 10]);
        var classifier = new PictureClassifier(new Model(network, Names, Model.PixelScaling));
        for (int digit = 0; digit < 10; digit++)
        {
            Picture picture = SegmentDigits.Draw(digit, rows: 90, columns: 70, top: 5, left: 8, height: 70, pen: 6);
            var expected = new float[10];
            Scores.Normalize(new ForwardPass(network).Run(DigitImage.From(picture)), expected);

            Classification classification = classifier.Classify(picture);

            Assert.Equal(expected, classification.Scores);
            Assert.Equal(expected.Max(), classification.Score);
            Assert.Equal(Names[Array.IndexOf(expected, expected.Max())], classification.Label);
        }
    }

    [Fact]
    public void A_model_of_other_inputs_is_refused_with_what_is_expected()
    {
        Network small = Random([4, 3, 10]), large = Random([784, 3, 10]);

        Assert.Contains("expected 784", Assert.Throws<ArgumentException>(() => new PictureClassifier(new Model(small, Names, Model.PixelScaling))).Message, StringComparison.Ordinal);
        Assert.Contains("'none'", Assert.Throws<ArgumentException>(() => new PictureClassifier(new Model(large, Names, Model.NoScaling))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_blank_picture_is_refused()
    {
        var classifier = new PictureClassifier(new Model(Random([784, 3, 10]), Names, Model.PixelScaling));

        Assert.Throws<InvalidDataException>(() => classifier.Classify(new Picture(new byte[100], 10, 10)));
    }

    private static Network Random(int[] sizes) => NetworkInitializer.Create(sizes, WeightInitialization.Scaled, new RandomGenerator(1, 0));
}
