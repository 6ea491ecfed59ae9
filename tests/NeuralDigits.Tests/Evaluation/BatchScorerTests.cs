using CsCheck;

namespace NeuralDigits.Tests;

public class BatchScorerTests
{
    // Rows of few zeros and of many: both forms of the first layer. More rows than a thread takes at a time, and fewer.
    private static readonly Gen<(Network Network, byte[] Pixels)> Images =
        from network in RandomNetwork.Gen
        from rows in Gen.Int[0, 600]
        from zeros in Gen.Int[0, 5]
        from pixels in Gen.Frequency((zeros, Gen.Const((byte)0)), (1, Gen.Byte)).Array[rows * network.InputCount]
        select (network, pixels);

    [Fact]
    public void Rows_give_what_each_gives_alone_bit_for_bit() => Images.Sample(
        (network, pixels) =>
        {
            float[] features = [.. pixels.Select(Pixel.ToFeature)];
            float[] expected = OneByOne(network, features);
            var actual = new float[expected.Length];
            foreach (int threads in (int[])[1, 2, 3, 8])
            {
                var scorer = new BatchScorer(network, threads);
                Array.Clear(actual);
                scorer.Score(pixels, actual);
                Assert.Equal(expected, actual);
                Array.Clear(actual);
                scorer.Score(features, actual);
                Assert.Equal(expected, actual);
            }
        },
        iter: 40);

    [Fact]
    public void Rows_that_are_not_whole_and_room_of_another_size_are_refused()
    {
        var network = new Network([new Layer(2, 3, new float[6], new float[3])]);
        var scorer = new BatchScorer(network, threads: 1);
        Assert.Throws<ArgumentException>(() => scorer.Score(new float[3], new float[3]));
        Assert.Throws<ArgumentException>(() => scorer.Score(new byte[4], new float[5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BatchScorer(network, threads: 0));
    }

    [Fact]
    public void One_scorer_takes_dense_and_sparse_rows_in_turn()
    {
        var random = new Random(1);
        var network = new Network([new Layer(64, 3, [.. Enumerable.Range(0, 192).Select(_ => random.NextSingle() - 0.5f)], new float[3])]);
        float[] dense = [.. Enumerable.Range(1, 64).Select(i => i / 64f)];
        var sparse = new float[64];
        sparse[7] = 1;
        var scorer = new BatchScorer(network, threads: 1);

        foreach (float[] features in (float[][])[dense, sparse, dense])
        {
            var actual = new float[3];
            scorer.Score(features, actual);
            Assert.Equal(OneByOne(network, features), actual);
        }
    }

    private static float[] OneByOne(Network network, float[] features)
    {
        var pass = new ForwardPass(network);
        return [.. features.Chunk(network.InputCount).SelectMany(row => pass.Run(row).ToArray())];
    }
}
