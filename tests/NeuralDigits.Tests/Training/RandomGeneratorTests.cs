namespace NeuralDigits.Tests;

public class RandomGeneratorTests
{
    /// <summary>The first numbers that the demonstration program of the PCG paper's author prints for seed 42, stream 54.</summary>
    [Fact]
    public void Numbers_are_those_of_the_published_generator()
    {
        var random = new RandomGenerator(seed: 42, stream: 54);
        uint[] expected = [0xa15c02b7, 0x7b47f409, 0xba1d3330, 0x83d2f293, 0xbfa4784b, 0xcbed606e];
        Assert.Equal(expected, expected.Select(_ => random.NextUInt32()));
    }

    [Fact]
    public void Streams_of_one_seed_differ() =>
        Assert.NotEqual(new RandomGenerator(1, 1).NextUInt32(), new RandomGenerator(1, 2).NextUInt32());

    [Fact]
    public void Normal_numbers_have_mean_0_and_deviation_1()
    {
        var random = new RandomGenerator(7, 0);
        double[] numbers = [.. Enumerable.Range(0, 100_000).Select(_ => random.NextNormal())];
        Assert.Equal(0, numbers.Average(), 0.01);
        Assert.Equal(1, numbers.Select(x => x * x).Average(), 0.02);
        Assert.Equal(0.6827, numbers.Count(x => Math.Abs(x) < 1) / 100_000.0, 0.01);
        Assert.Equal(0.9973, numbers.Count(x => Math.Abs(x) < 3) / 100_000.0, 0.002);
    }

    [Fact]
    public void Bounded_numbers_are_equally_likely()
    {
        var random = new RandomGenerator(3, 0);
        int[] counts = new int[7];
        for (int i = 0; i < 70_000; i++)
            counts[random.NextInt32(7)]++;
        Assert.All(counts, count => Assert.InRange(count, 9_600, 10_400));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(1_500_000_000)] // Of 2^32 numbers, a third is passed over.
    public void Bounded_numbers_are_remainders_of_what_is_left_when_the_first_numbers_are_passed_over(int bound)
    {
        var random = new RandomGenerator(4, 0);
        var numbers = new RandomGenerator(4, 0);
        ulong passedOver = (1UL << 32) % (ulong)bound;
        for (int i = 0; i < 1000; i++)
        {
            uint number;
            do
                number = numbers.NextUInt32();
            while (number < passedOver);
            Assert.Equal((int)(number % (uint)bound), random.NextInt32(bound));
        }
    }

    [Fact]
    public void Shuffling_reaches_every_order_of_three()
    {
        var random = new RandomGenerator(5, 0);
        var orders = new Dictionary<string, int>();
        for (int i = 0; i < 6_000; i++)
        {
            int[] values = [1, 2, 3];
            random.Shuffle(values);
            string order = string.Concat(values);
            orders[order] = orders.GetValueOrDefault(order) + 1;
        }

        Assert.Equal(["123", "132", "213", "231", "312", "321"], orders.Keys.Order());
        Assert.All(orders.Values, count => Assert.InRange(count, 850, 1_150));
    }

    [Fact]
    public void Logarithm_agrees_with_the_platform_to_the_last_bits()
    {
        for (double x = 1e-300; x < 1e300; x *= 1.37)
            Assert.Equal(Math.Log(x), PortableMath.Log(x), Math.Abs(Math.Log(x)) * 1e-15);
    }
}
