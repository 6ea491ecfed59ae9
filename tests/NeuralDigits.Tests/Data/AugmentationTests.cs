using System.Security.Cryptography;

namespace NeuralDigits.Tests;

/// <summary>What becomes of single images.</summary>
public class AugmentationTests
{
    private const int Side = 28;
    private static readonly LabelledImages Digits = SyntheticDigits.Draw(seed: 4, start: 0, count: 300, threads: 2);

    public static TheoryData<Augmentation> Kinds => [Augmentation.Shift, Augmentation.Affine, Augmentation.Elastic];

    public static TheoryData<int, int> Sizes => new() { { 28, 28 }, { 1, 1 }, { 1, 2 }, { 3, 1 }, { 3, 5 }, { 8, 8 }, { 17, 40 }, { 33, 9 }, { 64, 7 } };

    [Theory]
    [InlineData(Augmentation.Shift, "5d8adc14151c6bb70baa21a6669331cc3b7cbef33cead7fa878b31978b1f2800")]
    [InlineData(Augmentation.Affine, "820b62bb11e84b7bdfff863b6f144ded1b435086ef2c367ec4b026860529ce7a")]
    [InlineData(Augmentation.Elastic, "fbdffbab002fb64575fd66b53303a9558abe5ec67d8241ee271e47c4577309ba")]
    public void A_seed_gives_the_committed_pixels(Augmentation kind, string expected)
    {
        byte[] pixels = [.. Enumerable.Range(0, Digits.Count).SelectMany(i => Augmented(kind, i, epoch: 2))];
        Assert.Equal(expected, Convert.ToHexStringLower(SHA256.HashData(pixels)));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Shifted_images_are_those_of_the_plain_form_in_all_nine_ways(int rows, int columns)
    {
        foreach (byte[] image in Images(rows, columns))
        {
            for (int way = 0; way < 9; way++)
            {
                byte[] target = Dirty(image.Length);
                new ShiftAugmenter(rows, columns).Shift(image, (way / 3) - 1, (way % 3) - 1, target);
                Assert.Equal(new PlainAugmentation(image, rows, columns).Shifted((way / 3) - 1, (way % 3) - 1), target);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Affine_images_are_those_of_the_plain_form(int rows, int columns)
    {
        AffineRanges[] ranges = [AffineRanges.Default, new(HalfTurn: 1, Scale: 0.9, Shear: 0.5, Shift: 9)];
        foreach (AffineRanges range in ranges)
        {
            var augmenter = new AffineAugmenter(rows, columns, range);
            RequireSame(augmenter, rows, columns, (image, random) => image.Affine(range, random));
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Elastic_images_are_those_of_the_plain_form(int rows, int columns)
    {
        double[] reaches = [ElasticAugmenter.DefaultReach, 20];
        foreach (double reach in reaches)
        {
            var augmenter = new ElasticAugmenter(rows, columns, reach);
            RequireSame(augmenter, rows, columns, (image, random) => image.Elastic(reach, random));
        }
    }

    [Fact]
    public void Without_a_range_nothing_changes()
    {
        ImageAugmenter[] augmenters =
        [
            new AffineAugmenter(Side, Side, new AffineRanges(HalfTurn: 0, Scale: 0, Shear: 0, Shift: 0)),
            new ElasticAugmenter(Side, Side, reach: 0),
        ];
        foreach (ImageAugmenter augmenter in augmenters)
            Assert.All(Enumerable.Range(0, 50), i => Assert.Equal(Digits.Image(i).ToArray(), Run(augmenter, Digits.Image(i).ToArray(), new RandomGenerator(7, 0))));
    }

    [Fact]
    public void Each_way_to_shift_is_as_likely()
    {
        byte[] dot = new byte[9];
        dot[4] = 200;
        var random = new RandomGenerator(1, 0);
        var augmenter = new ShiftAugmenter(3, 3);
        int[] places = [.. Enumerable.Range(0, 9000).Select(_ => Array.IndexOf(Run(augmenter, dot, random), (byte)200))];

        Assert.All(Enumerable.Range(0, 9), place => Assert.InRange(places.Count(found => found == place), 850, 1150));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Ink_is_kept_but_for_a_little_and_stays_near_its_place(Augmentation kind)
    {
        for (int i = 0; i < Digits.Count; i++)
        {
            byte[] before = Digits.Image(i).ToArray(), after = Augmented(kind, i, epoch: 0);
            Assert.InRange(after.Sum(pixel => pixel), 0.6 * before.Sum(pixel => pixel), 1.5 * before.Sum(pixel => pixel));
            Assert.InRange(Overlap(before, after), 0.2, 1);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void No_epoch_repeats_the_one_before_and_other_seeds_and_examples_go_other_ways(Augmentation kind)
    {
        byte[][] All(int seed, int epoch, int offset) => [.. Enumerable.Range(0, 200).Select(i => Augmented(kind, i, epoch, seed, i + offset))];
        int Same(byte[][] some, byte[][] others) => some.Zip(others).Count(pair => pair.First.SequenceEqual(pair.Second));
        byte[][] images = All(seed: 0, epoch: 0, offset: 0);

        // Of shifts, one in nine is the same.
        int most = kind == Augmentation.Shift ? 45 : 0;
        Assert.InRange(Same(images, All(seed: 0, epoch: 1, offset: 0)), 0, most);
        Assert.InRange(Same(images, All(seed: 1, epoch: 0, offset: 0)), 0, most);
        Assert.InRange(Same(images, All(seed: 0, epoch: 0, offset: 1)), 0, most);
        Assert.Equal(200, Same(images, All(seed: 0, epoch: 0, offset: 0)));
    }

    [Fact]
    public void Names_and_kinds_belong_to_each_other()
    {
        Assert.Equal(Enum.GetValues<Augmentation>(), AugmentationNames.All.Select(AugmentationNames.Parse));
        Assert.Equal(["none", "shift", "affine", "elastic"], Enum.GetValues<Augmentation>().Select(AugmentationNames.Of));
    }

    private static void RequireSame(ImageAugmenter augmenter, int rows, int columns, Func<PlainAugmentation, RandomGenerator, byte[]> plain)
    {
        ulong seed = 0;
        foreach (byte[] image in Images(rows, columns))
        {
            for (int i = 0; i < 20; i++, seed++)
            {
                byte[] expected = plain(new PlainAugmentation(image, rows, columns), new RandomGenerator(seed, 0));
                Assert.Equal(expected, Run(augmenter, image, new RandomGenerator(seed, 0)));
            }
        }
    }

    // Full of ink, some ink anywhere, one spot, and none.
    private static IEnumerable<byte[]> Images(int rows, int columns)
    {
        var random = new RandomGenerator(9, 0);
        var image = new byte[rows * columns];
        Array.Fill(image, byte.MaxValue);
        yield return image;
        yield return [.. image.Select(_ => (byte)random.NextInt32(256))];
        yield return [.. image.Select((_, i) => (byte)(i == image.Length / 2 ? 255 : 0))];
        yield return new byte[image.Length];
        if (image.Length == Side * Side)
            yield return Digits.Image(3).ToArray();
    }

    private static byte[] Augmented(Augmentation kind, int image, int epoch, int seed = 5, int? example = null) => Run(
        ImageAugmenter.Create(kind, Side, Side), Digits.Image(image).ToArray(), ImageAugmenter.RandomFor(seed, epoch, example ?? image));

    private static byte[] Run(ImageAugmenter augmenter, byte[] image, RandomGenerator random)
    {
        byte[] target = Dirty(image.Length);
        augmenter.Augment(image, random, target);
        return target;
    }

    private static byte[] Dirty(int length) => [.. Enumerable.Repeat((byte)77, length)];

    // The share of the ink that is where there was some.
    private static double Overlap(byte[] before, byte[] after) =>
        (double)after.Where((_, i) => before[i] > 0).Sum(pixel => pixel) / Math.Max(1, after.Sum(pixel => pixel));
}
