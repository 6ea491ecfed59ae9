using System.Text.Json.Serialization;

namespace NeuralDigits;

/// <summary>How the images to validate with are chosen among those that are not for the test.</summary>
public enum DataSplitMethod
{
    /// <summary>The last ones, as the ancestor had it.</summary>
    [JsonStringEnumMemberName("last")]
    Last,

    /// <summary>Drawn at random, each set of so many equally likely.</summary>
    [JsonStringEnumMemberName("random")]
    Random,

    /// <summary>Drawn at random in each class, of which both sets have the same share, up to one image.</summary>
    [JsonStringEnumMemberName("stratified")]
    Stratified,
}

/// <summary>Which images are set aside to validate with: never any that the network learns from.</summary>
/// <remarks>
/// Images are told apart by their place in the source, not by what they show: where a source has the same image twice, one may be learnt from and
/// the other validated with. Both sets keep the order of the source.
/// </remarks>
public sealed record DataSplit
{
    private DataSplit(DataSplitMethod method, int validationCount, int? seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(validationCount, 1);
        (Method, ValidationCount, Seed) = (method, validationCount, seed);
    }

    /// <summary>How the images are chosen.</summary>
    public DataSplitMethod Method { get; }

    /// <summary>How many images are set aside, at least 1.</summary>
    public int ValidationCount { get; }

    /// <summary>What decides which; null for <see cref="DataSplitMethod.Last"/>, where nothing is drawn.</summary>
    public int? Seed { get; }

    /// <summary>Sets the last images aside.</summary>
    /// <param name="validationCount">How many, at least 1.</param>
    public static DataSplit Last(int validationCount) => new(DataSplitMethod.Last, validationCount, null);

    /// <summary>Sets images aside at random.</summary>
    /// <param name="validationCount">How many, at least 1.</param>
    /// <param name="seed">The same seed chooses the same images.</param>
    public static DataSplit Random(int validationCount, int seed) => new(DataSplitMethod.Random, validationCount, seed);

    /// <summary>Sets images aside at random, of each class the same share: shares of an image go to the classes that lack most of one.</summary>
    /// <param name="validationCount">How many, at least 1.</param>
    /// <param name="seed">The same seed chooses the same images.</param>
    public static DataSplit Stratified(int validationCount, int seed) => new(DataSplitMethod.Stratified, validationCount, seed);

    /// <summary>Splits images.</summary>
    /// <param name="all">The images, more than are to be set aside.</param>
    internal (LabelledImages Training, LabelledImages Validation) Apply(LabelledImages all)
    {
        if (ValidationCount >= all.Count)
            throw new ArgumentException($"{ValidationCount} of {all.Count} images are to be set aside to validate with; expected 1 to {all.Count - 1}.");
        if (Method == DataSplitMethod.Last)
            return (all.Slice(0, all.Count - ValidationCount), all.Slice(all.Count - ValidationCount, ValidationCount));

        var random = new RandomGenerator(unchecked((ulong)Seed!.Value), (ulong)RandomPurpose.Splitting);
        bool[] isSetAside = new bool[all.Count];
        foreach ((int[] images, int count) in Method == DataSplitMethod.Random ? [([.. Enumerable.Range(0, all.Count)], ValidationCount)] : Classes(all))
        {
            random.Shuffle(images);
            foreach (int image in images.AsSpan(0, count))
                isSetAside[image] = true;
        }

        ILookup<bool, int> parts = Enumerable.Range(0, all.Count).ToLookup(image => isSetAside[image]);
        return (all.Take([.. parts[false]]), all.Take([.. parts[true]]));
    }

    // The images of each class, and how many of them are to be set aside.
    private List<(int[] Images, int Count)> Classes(LabelledImages all)
    {
        int[][] classes = [.. Enumerable.Range(0, all.Count).GroupBy(image => all.Labels.Span[image]).OrderBy(group => group.Key).Select(group => group.ToArray())];
        int[] counts = [.. classes.Select(images => (int)((long)images.Length * ValidationCount / all.Count))];
        int left = ValidationCount - counts.Sum();
        foreach (int i in Enumerable.Range(0, classes.Length).OrderByDescending(i => (long)classes[i].Length * ValidationCount % all.Count).Take(left))
            counts[i]++;
        return [.. classes.Zip(counts)];
    }
}
