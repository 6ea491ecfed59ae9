namespace NeuralDigits.Tests;

public class ExampleSetBuilderTests
{
    [Fact]
    public void Dense_and_sparse_rows_make_the_same_examples()
    {
        var builder = new ExampleSetBuilder(featureCount: 4, classCount: 2);
        builder.Add([0, 0.5f, 0, -1], label: 1);
        builder.AddSparse([1, 2, 3], [0.5f, 0, -1], label: 1);
        ExampleSet examples = builder.Build();

        Assert.Equal(2, examples.Count);
        for (int row = 0; row < 2; row++)
        {
            SparseRows found = Load(examples, row);
            Assert.Equal([1, 3], found.ListedIndices());
            Assert.Equal([0.5f, -1f], found.ListedValues(0));
            Assert.Equal([0, 0.5f, 0, -1], Features(examples, row));
            Assert.Equal(1, examples.Label(row));
        }
    }

    [Fact]
    public void Some_of_the_examples_can_be_built_in_any_order()
    {
        var builder = new ExampleSetBuilder(1, 5);
        for (int label = 0; label < 5; label++)
            builder.Add([label], label, weight: label);

        ExampleSet some = builder.Build([4, 1]);

        Assert.Equal([4, 1], new[] { some.Label(0), some.Label(1) });
        Assert.Equal([4f, 1f], new[] { some.Weight(0), some.Weight(1) });
        Assert.Throws<ArgumentOutOfRangeException>(() => builder.Build([5]));
    }

    [Fact]
    public void Images_and_their_features_make_the_same_examples()
    {
        var images = new LabelledImages(new byte[] { 0, 255, 51, 0, 0, 1, 0, 0 }, new byte[] { 3, 7 }, rows: 2, columns: 2);
        var pixels = new ImageExamples(images);
        var builder = new ExampleSetBuilder(4, 10);
        builder.Add([0, 1, 51 / 255f, 0], 3);
        builder.Add([0, 1 / 255f, 0, 0], 7);
        ExampleSet features = builder.Build();
        for (int row = 0; row < 2; row++)
        {
            SparseRows expected = Load(features, row), actual = Load(pixels, row);
            Assert.Equal(expected.ListedIndices(), actual.ListedIndices());
            Assert.Equal(expected.ListedValues(0), actual.ListedValues(0));
            Assert.Equal(Features(features, row), Features(pixels, row));
            Assert.Equal(features.Label(row), pixels.Label(row));
        }
    }

    [Fact]
    public void Many_rows_spill_over_into_further_blocks()
    {
        var builder = new ExampleSetBuilder(1000, 2);
        for (int row = 0; row < 1000; row++)
            builder.Add([.. Enumerable.Range(0, 1000).Select(i => (float)(row + i + 1))], row % 2);
        ExampleSet examples = builder.Build();
        for (int row = 0; row < 1000; row++)
            Assert.Equal(row + 1f, Load(examples, row).ListedValues(0)[0]);
    }

    [Fact]
    public void A_refused_row_is_named_and_leaves_no_trace()
    {
        var builder = new ExampleSetBuilder(2, 2);
        builder.Add([1, 2], 0);
        var error = Assert.Throws<ArgumentException>(() => builder.Add([1, float.NaN], 0));
        Assert.Equal("Feature 1 of example 1 is NaN; features are finite numbers.", error.Message);
        builder.Add([3, 4], 1);
        ExampleSet examples = builder.Build();
        Assert.Equal(2, examples.Count);
        Assert.Equal([3, 4], Features(examples, 1));
    }

    [Fact]
    public void Rows_that_do_not_fit_are_refused()
    {
        var builder = new ExampleSetBuilder(2, 2);
        Assert.Throws<ArgumentException>(() => builder.Add([1], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => builder.Add([1, 2], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => builder.Add([1, 2], -1));
        Assert.Throws<ArgumentException>(() => builder.AddSparse([0, 0], [1f, 2f], 0));
        Assert.Throws<ArgumentException>(() => builder.AddSparse([1, 0], [1f, 2f], 0));
        Assert.Throws<ArgumentException>(() => builder.AddSparse([2], [1f], 0));
        Assert.Throws<ArgumentException>(() => builder.AddSparse([0, 1], [1f], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => builder.Add([1, 2], 0, weight: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => builder.Add([1, 2], 0, weight: float.NaN));
        Assert.Equal(0, builder.Count);
    }

    private static SparseRows Load(ExampleSet examples, int row)
    {
        var rows = new SparseRows(examples.FeatureCount);
        examples.Inputs.Load([row], rows);
        return rows;
    }

    private static float[] Features(ExampleSet examples, int row)
    {
        var features = new float[examples.FeatureCount];
        examples.Inputs.CopyTo(row, features);
        return features;
    }
}
