using Xunit.Abstractions;

namespace NeuralDigits.Tests;

/// <summary>The measure of the way from a picture to an image: digits that were made large and moved must be read as before.</summary>
public class DrawnUpDigitsTests(ITestOutputHelper output)
{
    private const int Count = 1000;

    [MnistFact]
    public void MNIST_digits_drawn_up_and_moved_are_read_as_well_as_the_originals()
    {
        DataSet data = DataSet.Load(MnistFactAttribute.Folder);
        Network network = StochasticGradientDescent.Train(
            new ImageExamples(data.Training.Slice(0, 10_000)), new ImageExamples(data.Validation.Slice(0, 100)),
            new TrainingOptions { HiddenLayers = [30], Epochs = 3 }).Network;

        int original = Right(network, data.Test, i => data.Test.Image(i).ToArray());
        int darkOnLight = Right(network, data.Test, i => DigitImage.From(DrawUp(data.Test.Image(i), paper: 255, ink: 0)));
        int lightOnGrey = Right(network, data.Test, i => DigitImage.From(DrawUp(data.Test.Image(i), paper: 70, ink: 200)));
        output.WriteLine($"right of {Count}: originals {original}, drawn up dark on light {darkOnLight}, light on grey {lightOnGrey}");

        Assert.InRange(original, 850, Count);
        Assert.InRange(darkOnLight, original - 10, Count);
        Assert.InRange(lightOnGrey, original - 10, Count);
    }

    private static int Right(Network network, LabelledImages images, Func<int, byte[]> read)
    {
        var pass = new ForwardPass(network);
        return Enumerable.Range(0, Count).Count(i => Scores.ArgMax(pass.Run((ReadOnlySpan<byte>)read(i))) == images.Labels.Span[i]);
    }

    // Five times as large, in a corner of 300 x 200 pixels, with the greys between two pixels drawn out.
    private static Picture DrawUp(ReadOnlySpan<byte> image, int paper, int ink)
    {
        const int rows = 300, columns = 200, top = 140, left = 20, factor = 5;
        var grey = new byte[rows * columns];
        for (int i = 0; i < grey.Length; i++)
        {
            double amount = Between(image, ((i / columns) - top + 0.5) / factor - 0.5, ((i % columns) - left + 0.5) / factor - 0.5);
            grey[i] = (byte)Math.Round(paper + ((ink - paper) * amount / 255));
        }

        return new Picture(grey, rows, columns);
    }

    private static double Between(ReadOnlySpan<byte> image, double row, double column)
    {
        int top = (int)Math.Floor(row), left = (int)Math.Floor(column);
        double down = row - top, right = column - left;
        return (At(image, top, left) * (1 - down) * (1 - right)) + (At(image, top, left + 1) * (1 - down) * right)
            + (At(image, top + 1, left) * down * (1 - right)) + (At(image, top + 1, left + 1) * down * right);
    }

    private static int At(ReadOnlySpan<byte> image, int row, int column) =>
        row is >= 0 and < 28 && column is >= 0 and < 28 ? image[(row * 28) + column] : 0;
}
