namespace NeuralDigits.Tests;

/// <summary>What augmentation does to a training, and what it leaves alone.</summary>
public class AugmentedTrainingTests
{
    private static readonly LabelledImages Digits = SyntheticDigits.Draw(seed: 6, start: 0, count: 300, threads: 2);
    private static readonly TrainingOptions Options = new() { HiddenLayers = [12], Epochs = 3, Seed = 8, Augmentation = Augmentation.Affine };

    public static TheoryData<Augmentation> Kinds => [Augmentation.Shift, Augmentation.Affine, Augmentation.Elastic];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_first_epoch_is_that_of_a_training_on_images_that_were_changed_before(Augmentation kind)
    {
        TrainingOptions options = Options with { Epochs = 1, Augmentation = kind };
        var changed = new LabelledImages(Changed(kind, epoch: 0), Digits.Labels, Digits.Rows, Digits.Columns);

        Assert.Equal(
            Trained(new ImageExamples(changed), options with { Augmentation = Augmentation.None }),
            Trained(new ImageExamples(Digits), options));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void The_images_of_each_epoch_follow_from_seed_epoch_and_number(int threads)
    {
        TrainingOptions options = Options with { Threads = threads, Epochs = 4 };
        using AugmentedExamples examples = AugmentedExamples.Of(new ImageExamples(Digits), options);
        int[] order = [.. Enumerable.Range(0, Digits.Count).Reverse()];
        for (int epoch = 0; epoch < options.Epochs; epoch++)
        {
            examples.Complete(epoch, CancellationToken.None);
            Assert.Equal(Features(Changed(options.Augmentation, epoch)), Rows(examples));
            Action<ReadOnlyMemory<int>>? used = examples.Used(epoch);
            used?.Invoke(order.AsMemory(0, 70));
            used?.Invoke(order.AsMemory(70));
            Assert.Equal(epoch == options.Epochs - 1, used is null);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Threads_that_train_together_while_others_make_images_give_the_network_of_one(int threads)
    {
        // Work enough to be split among them.
        var images = new ImageExamples(Digits);
        TrainingOptions options = Options with { HiddenLayers = [160], Epochs = 20, MiniBatchSize = 30, Threads = threads };
        Network network = NetworkInitializer.Create([Digits.PixelsPerImage, 160, Digits.ClassCount], options.Initialization, new RandomGenerator(0, 0));
        Assert.Equal(threads, Split.Of(network, images.Inputs.Density, options).Threads);

        Assert.Equal(Trained(images, options with { Threads = 1 }), Trained(images, options));
    }

    [Fact]
    public void First_weights_and_order_are_those_of_a_training_without()
    {
        // Paper stays paper: only another weight or another order could make a difference.
        var paper = new ImageExamples(new LabelledImages(new byte[Digits.Pixels.Length], Digits.Labels, Digits.Rows, Digits.Columns));

        Assert.Equal(Trained(paper, Options with { Augmentation = Augmentation.None }), Trained(paper, Options));
    }

    [Fact]
    public void The_images_to_validate_with_and_those_given_stay_as_they_are()
    {
        byte[] before = Digits.Pixels.ToArray();
        var examples = new ImageExamples(Digits);

        TrainingResult result = StochasticGradientDescent.Train(examples, examples, Options);

        EvaluationResult evaluation = Evaluator.Evaluate(result.Network, examples, Options.Cost, threads: 1);
        Assert.Equal(evaluation.Cost, result.History[^1].Validation!.Cost);
        Assert.Equal(before, Digits.Pixels.ToArray());
    }

    [Fact]
    public void Features_that_are_the_pixels_of_square_images_are_as_good_as_images()
    {
        var builder = new ExampleSetBuilder(Digits.PixelsPerImage, Digits.ClassCount);
        for (int i = 0; i < Digits.Count; i++)
            builder.Add([.. Digits.Image(i).ToArray().Select(Pixel.ToFeature)], Digits.Labels.Span[i]);

        Assert.Equal(Trained(new ImageExamples(Digits), Options), Trained(builder.Build(), Options));
    }

    [Fact]
    public void Weights_of_examples_still_count()
    {
        ExampleSet Weighted(float weight)
        {
            var builder = new ExampleSetBuilder(4, 2);
            builder.Add([1, 0, 0, 0], 0);
            builder.Add([0, 0, 1, 1], 1, weight);
            return builder.Build();
        }

        Assert.NotEqual(Trained(Weighted(1), Options), Trained(Weighted(2), Options));
    }

    [Theory]
    [InlineData(5, 1f, "Augmentation is Affine, which is for images, but the examples have 5 features; expected: the pixels of square images")]
    [InlineData(4, 0.3f, "Augmentation is Affine, which is for images, but feature 1 of example 1 is 0.3; expected: a pixel, k / 255 with k from 0 to 255")]
    [InlineData(4, -1f, "feature 1 of example 1 is -1;")]
    [InlineData(4, 2f, "feature 1 of example 1 is 2;")]
    public void Features_that_are_no_pixels_are_refused(int width, float value, string expected)
    {
        var builder = new ExampleSetBuilder(width, 2);
        var features = new float[width];
        builder.Add(features, 0);
        features[1] = value;
        builder.Add(features, 1);

        var exception = Assert.Throws<ArgumentException>(() => Trained(builder.Build(), Options));

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Images_too_large_are_refused()
    {
        var images = new LabelledImages(new byte[4097], new byte[1], rows: 4097, columns: 1);

        var exception = Assert.Throws<ArgumentException>(() => Trained(new ImageExamples(images), Options));

        Assert.Contains("the images are of 4097 x 1 pixels; expected at most 4096 x 4096", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_training_that_is_cancelled_returns_its_best_network(int threads)
    {
        using var cancellation = new CancellationTokenSource();
        var stop = new Stop(cancellation);
        var examples = new ImageExamples(Digits);

        TrainingResult result = StochasticGradientDescent.Train(
            examples, examples, Options with { Epochs = 1000, Threads = threads }, stop, cancellation.Token);

        Assert.True(result.WasCancelled);
        Assert.Equal(2, result.History.Count);
    }

    [Fact]
    public void Cancelled_before_it_begins_it_makes_nothing() => Assert.ThrowsAny<OperationCanceledException>(
        () => StochasticGradientDescent.Train(new ImageExamples(Digits), null, Options, null, new CancellationToken(canceled: true)));

    private static byte[] Changed(Augmentation kind, int epoch)
    {
        var augmenter = ImageAugmenter.Create(kind, Digits.Rows, Digits.Columns);
        var pixels = new byte[Digits.Pixels.Length];
        for (int i = 0; i < Digits.Count; i++)
        {
            Span<byte> target = pixels.AsSpan(i * Digits.PixelsPerImage, Digits.PixelsPerImage);
            augmenter.Augment(Digits.Image(i), ImageAugmenter.RandomFor(Options.Seed, epoch, i), target);
        }

        return pixels;
    }

    private static float[] Features(byte[] pixels) => [.. pixels.Select(Pixel.ToFeature)];

    private static float[] Rows(ExampleSet examples)
    {
        var features = new float[examples.Count * examples.FeatureCount];
        for (int row = 0; row < examples.Count; row++)
            examples.Inputs.CopyTo(row, features.AsSpan(row * examples.FeatureCount));
        return features;
    }

    private static double[] Trained(ExampleSet training, TrainingOptions options) =>
        [.. Parameters.Flatten(StochasticGradientDescent.Train(training, null, options).Network)];

    private sealed class Stop(CancellationTokenSource cancellation) : IProgress<EpochReport>
    {
        public void Report(EpochReport value)
        {
            if (value.Epoch == 1)
                cancellation.Cancel();
        }
    }
}
