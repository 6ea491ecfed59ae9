using System.Security.Cryptography;
using CsCheck;

namespace NeuralDigits.Tests;

public class DataSplitTests
{
    [Fact]
    public void By_default_the_last_images_are_set_aside_and_nothing_is_copied()
    {
        DataSet data = Data(30);

        Assert.Equal(DataSplit.Last(5), data.Split);
        Assert.Same(data, data.With(DataSplit.Last(5)));
        DataSet other = data.With(DataSplit.Last(8));
        Assert.Equal(Enumerable.Range(22, 8), Numbers(other.Validation));
        Assert.Equal(Enumerable.Range(0, 22), Numbers(other.Training));
    }

    [Fact]
    public void No_image_is_both_learnt_from_and_validated_with_and_none_is_lost()
    {
        var splits = Gen.Select(Gen.Int[2, 400], Gen.Int[1, 399], Gen.Int, Gen.Enum<DataSplitMethod>());
        splits.Where(given => given.Item2 < given.Item1).Sample(given =>
        {
            (int count, int validationCount, int seed, DataSplitMethod method) = given;
            DataSet data = Data(count).With(Split(method, validationCount, seed));

            string[] training = Hashes(data.Training), validation = Hashes(data.Validation);
            Assert.Equal(validationCount, validation.Length);
            Assert.Empty(training.Intersect(validation));
            Assert.Equal(Hashes(Data(count).With(DataSplit.Last(1)).Training).Length + 1, training.Union(validation).Count());
            Assert.Equal(Numbers(data.Training).Order(), Numbers(data.Training));
            Assert.Equal(Numbers(data.Validation).Order(), Numbers(data.Validation));
        });
    }

    [MnistFact]
    public void Of_MNIST_no_image_is_both_learnt_from_and_validated_with()
    {
        // MNIST's training images are all different ones.
        DataSet mnist = DataSet.Load(MnistFactAttribute.Folder);
        foreach (DataSplit split in new[] { mnist.Split, DataSplit.Random(10_000, 1), DataSplit.Stratified(6_000, 2) })
        {
            DataSet data = mnist.With(split);
            HashSet<string> training = [.. Hashes(data.Training)];
            Assert.Equal(60_000 - split.ValidationCount, training.Count);
            Assert.DoesNotContain(Hashes(data.Validation), training.Contains);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void By_share_no_image_is_both_learnt_from_and_validated_with_and_the_images_are_those_of_the_number_it_makes(bool isStratified)
    {
        foreach (double share in new[] { 0.004, 0.1, 1 / 6.0, 0.5, 0.996 })
        {
            DataSet data = Data(250).WithValidationShare(share, seed: 4, isStratified);

            Assert.Equal((int)Math.Round(share * 250), data.Validation.Count);
            Assert.Empty(Hashes(data.Training).Intersect(Hashes(data.Validation)));
            Assert.Equal(250, Hashes(data.Training).Union(Hashes(data.Validation)).Count());
            Assert.Equal(Split(isStratified ? DataSplitMethod.Stratified : DataSplitMethod.Random, data.Validation.Count, 4), data.Split);
        }
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(0.001)]
    public void A_share_that_is_none_or_makes_no_image_is_refused(double share) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Data(250).WithValidationShare(share, seed: 0));

    [Fact]
    public void A_share_that_makes_all_images_is_refused() => Assert.Throws<ArgumentException>(() => Data(250).WithValidationShare(0.999, seed: 0));

    [Fact]
    public void The_same_seed_chooses_the_same_images_and_another_seed_others()
    {
        DataSet data = Data(1000);

        Assert.Equal(Numbers(data.With(DataSplit.Random(100, 7)).Validation), Numbers(data.With(DataSplit.Random(100, 7)).Validation));
        Assert.NotEqual(Numbers(data.With(DataSplit.Random(100, 7)).Validation), Numbers(data.With(DataSplit.Random(100, 8)).Validation));
        Assert.NotEqual(Numbers(data.With(DataSplit.Random(100, 7)).Validation), Numbers(data.With(DataSplit.Stratified(100, 7)).Validation));

        // Written down, for they must stay the same in every version and on every machine.
        Assert.Equal([5, 6, 7], Numbers(Data(10).With(DataSplit.Random(3, 0)).Validation));
        Assert.Equal([0, 1, 12, 13, 14], Numbers(Data(20).With(DataSplit.Stratified(5, 0)).Validation));
    }

    [Fact]
    public void Of_each_class_the_same_share_is_set_aside_up_to_one_image()
    {
        // 40, 30, 20 and 10 images of the classes 0 to 3.
        byte[] labels = [.. Enumerable.Range(0, 100).Select(i => (byte)(i % 10 < 4 ? 0 : i % 10 < 7 ? 1 : i % 10 < 9 ? 2 : 3))];
        for (int count = 1; count < 100; count++)
        {
            DataSet data = Data(100, labels).With(DataSplit.Stratified(count, seed: count));
            for (int label = 0; label < 4; label++)
                Assert.InRange(data.Validation.Labels.Span.Count((byte)label), Math.Floor(count * (4 - label) / 10.0), Math.Ceiling(count * (4 - label) / 10.0));
        }
    }

    [Fact]
    public void A_split_of_a_split_starts_from_the_source()
    {
        DataSet data = Data(50);

        DataSet again = data.With(DataSplit.Random(10, 3)).With(DataSplit.Last(5));

        Assert.Equal(Numbers(data.With(DataSplit.Last(5)).Training), Numbers(again.Training));
        Assert.Equal(data.Name, again.Name);
        Assert.Same(data.Test, again.Test);
    }

    [Fact]
    public void Sets_that_were_put_together_are_split_anew_as_if_the_validation_images_came_last()
    {
        LabelledImages images = Data(10).TrainingAndValidation;
        var data = new DataSet("x", images.Slice(3, 4), images.Slice(0, 2), images);

        Assert.Equal(DataSplit.Last(2), data.Split);
        Assert.Equal([3, 4, 5], Numbers(data.With(DataSplit.Last(3)).Training));
        Assert.Equal([6, 0, 1], Numbers(data.With(DataSplit.Last(3)).Validation));
    }

    [Fact]
    public void Parts_of_files_name_the_files_and_none_or_all_images_cannot_be_set_aside()
    {
        using var folder = new TemporaryFolder();
        DataSet data = DataSet.Load(TinyDataSet.Write(folder, "tiny"));

        Assert.Equal(data.Training.ImagesSha256, data.With(DataSplit.Random(3, 1)).Validation.ImagesSha256);
        Assert.Throws<ArgumentOutOfRangeException>(() => DataSplit.Last(0));
        Assert.Throws<ArgumentException>(() => data.With(DataSplit.Last(14)));
        Assert.Contains("14 of 14 images", Assert.Throws<ArgumentException>(() => data.With(DataSplit.Random(14, 1))).Message);
    }

    private static DataSplit Split(DataSplitMethod method, int count, int seed) => method switch
    {
        DataSplitMethod.Random => DataSplit.Random(count, seed),
        DataSplitMethod.Stratified => DataSplit.Stratified(count, seed),
        _ => DataSplit.Last(count),
    };

    // Image i shows the number i in its two pixels. A sixth is set aside, as of files.
    private static DataSet Data(int count, byte[]? labels = null)
    {
        byte[] pixels = [.. Enumerable.Range(0, count).SelectMany(i => new[] { (byte)(i / 256), (byte)(i % 256) })];
        var images = new LabelledImages(pixels, labels ?? [.. Enumerable.Range(0, count).Select(i => (byte)(i % 10))], 1, 2);
        return new DataSet("numbers", images, images, DataSplit.Last(Math.Max(1, count / 6)));
    }

    private static int[] Numbers(LabelledImages images) => [.. Enumerable.Range(0, images.Count).Select(i => (images.Image(i)[0] * 256) + images.Image(i)[1])];

    private static string[] Hashes(LabelledImages images) =>
        [.. Enumerable.Range(0, images.Count).Select(i => Convert.ToHexString(SHA256.HashData(images.Image(i))))];
}
