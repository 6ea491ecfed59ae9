namespace NeuralDigits;

/// <summary>How a command line spells the ways to change training images.</summary>
public static class AugmentationNames
{
    private static readonly OptionNames<Augmentation> Names = new(
        ("none", Augmentation.None),
        ("shift", Augmentation.Shift),
        ("affine", Augmentation.Affine),
        ("elastic", Augmentation.Elastic));

    /// <summary>All names.</summary>
    public static IReadOnlyCollection<string> All => Names.All;

    /// <summary>What a name stands for.</summary>
    /// <param name="name">One of <see cref="All"/>.</param>
    /// <exception cref="KeyNotFoundException">There is no such name.</exception>
    public static Augmentation Parse(string name) => Names.Parse(name);

    /// <summary>The name of a way to change training images.</summary>
    /// <param name="augmentation">The way.</param>
    public static string Of(Augmentation augmentation) => Names.Of(augmentation);
}
