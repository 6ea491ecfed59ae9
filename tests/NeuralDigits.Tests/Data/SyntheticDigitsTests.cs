using CliWrap.Buffered;
using Xunit.Abstractions;

namespace NeuralDigits.Tests;

public class SyntheticDigitsTests(ITestOutputHelper output)
{
    private const string Golden = "d512fb1ab424047eae180d5a539d054c7bac8e3e6038d67660853c79f5ce9525";
    private static readonly string Probe = Path.Combine(AppContext.BaseDirectory, "NeuralDigits.Probe.dll");

    private static readonly LabelledImages Some = SyntheticDigits.Draw(seed: 0, start: 0, count: 3000, threads: 2);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void A_seed_gives_the_committed_bytes_on_any_number_of_threads(int threads) =>
        Assert.Equal(Golden, ProbeDrawing.Sha256OfPixels(threads));

    [Fact]
    public async Task Without_the_instruction_sets_of_this_machine_the_bytes_are_the_same()
    {
        BufferedCommandResult result = await CliWrap.Cli.Wrap("dotnet")
            .WithArguments([Probe, "draw"])
            .WithEnvironmentVariables(variables => variables.Set("DOTNET_EnableHWIntrinsic", "0"))
            .ExecuteBufferedAsync();
        Assert.Equal(Golden, result.StandardOutput.Trim());
    }

    [Fact]
    public void An_image_follows_from_its_number_whatever_is_drawn_with_it() =>
        Assert.Equal(Some.Slice(700, 50).Pixels.ToArray(), SyntheticDigits.Draw(seed: 0, start: 700, count: 50, threads: 1).Pixels.ToArray());

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void Another_seed_gives_other_images_of_the_same_digits(int seed)
    {
        LabelledImages others = SyntheticDigits.Draw(seed, start: 0, count: 100, threads: 2);

        Assert.Equal(Some.Slice(0, 100).Labels.ToArray(), others.Labels.ToArray());
        Assert.All(Enumerable.Range(0, 100), i => Assert.NotEqual(Some.Image(i).ToArray(), others.Image(i).ToArray()));
    }

    [Fact]
    public void No_image_is_drawn_twice()
    {
        string[] images = [.. Enumerable.Range(0, Some.Count).Select(i => Convert.ToHexString(Some.Image(i)))];
        Assert.Equal(Some.Count, images.Distinct().Count());
    }

    [Fact]
    public void Digits_are_in_the_form_of_MNIST_centred_by_mass_with_ink_20_pixels_long() =>
        Assert.All(Enumerable.Range(0, Some.Count), i => Assert.True(DigitImage.IsNormalized(new Picture(Some.Image(i).ToArray(), 28, 28)), $"Image {i}"));

    [Fact]
    public void Each_image_has_paper_and_strong_ink() => Assert.All(
        Enumerable.Range(0, Some.Count),
        i =>
        {
            byte[] pixels = Some.Image(i).ToArray();
            Assert.InRange(pixels.Max(), 100, byte.MaxValue);
            Assert.InRange(pixels.Count(pixel => pixel == 0), pixels.Length / 3, pixels.Length);
        });

    [Fact]
    public void The_data_set_is_as_large_as_MNIST_and_has_as_many_images_of_each_digit()
    {
        DataSet data = SyntheticDigits.CreateDataSet(seed: 0, threads: 2);

        Assert.Equal("digits-synthetic", data.Name);
        Assert.Equal((50_000, 10_000, 10_000), (data.Training.Count, data.Validation.Count, data.Test.Count));
        Assert.All([data.Training, data.Validation, data.Test], set =>
            Assert.All(set.Labels.ToArray().CountBy(label => label), digit => Assert.Equal(set.Count / 10, digit.Value)));
        Assert.Equal(SyntheticDigits.Draw(0, 60_000, 10, 1).Pixels.ToArray(), data.Test.Slice(0, 10).Pixels.ToArray());
    }

    [Fact]
    public void The_checksums_are_those_of_the_files_it_would_be_written_to()
    {
        using var folder = new TemporaryFolder();
        DataSet data = SyntheticDigits.CreateDataSet(seed: 8, threads: 2);
        IdxFile.Write(data.Test, folder["images"], folder["labels"]);

        LabelledImages read = IdxFile.Read(folder["images"], folder["labels"]);

        Assert.Equal((read.ImagesSha256, read.LabelsSha256), (data.Test.ImagesSha256, data.Test.LabelsSha256));
        Assert.Equal(data.Training.ImagesSha256, data.Validation.ImagesSha256);
        Assert.NotEqual(data.Training.ImagesSha256, data.Test.ImagesSha256);
    }

    [Theory]
    [InlineData(-1, 10, 1)]
    [InlineData(0, 0, 1)]
    [InlineData(0, 10, 0)]
    [InlineData(0, int.MaxValue, 1)]
    [InlineData(int.MaxValue, 10, 1)]
    public void Numbers_outside_their_range_are_refused(int start, int count, int threads) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SyntheticDigits.Draw(0, start, count, threads));

    [Fact]
    public void Drawing_can_be_stopped() =>
        Assert.Throws<OperationCanceledException>(() => SyntheticDigits.CreateDataSet(0, 2, new CancellationToken(canceled: true)));

    [MnistFact]
    public void A_network_that_saw_nothing_else_reads_MNIST()
    {
        LabelledImages mnist = DataSet.Load(MnistFactAttribute.Folder).Test;
        LabelledImages digits = SyntheticDigits.Draw(seed: 0, start: 0, count: 20_000, threads: 2);

        Network network = StochasticGradientDescent.Train(
            new ImageExamples(digits), null, new TrainingOptions { HiddenLayers = [100], Epochs = 5 }).Network;

        EvaluationResult result = Evaluator.Evaluate(network, new ImageExamples(mnist), Cost.Quadratic, threads: 2);
        output.WriteLine($"{result.Correct} of {result.Count} of MNIST's test images are right");
        Assert.InRange(result.Accuracy, 0.85, 1);
    }
}
