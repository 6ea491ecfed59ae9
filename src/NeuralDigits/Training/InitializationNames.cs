namespace NeuralDigits;

/// <summary>How a command line spells the ways to draw the first weights.</summary>
public static class InitializationNames
{
    private static readonly OptionNames<WeightInitialization> Names = new(
        ("scaled", WeightInitialization.Scaled),
        ("standard-normal", WeightInitialization.StandardNormal));

    /// <summary>All names.</summary>
    public static IReadOnlyCollection<string> All => Names.All;

    /// <summary>What a name stands for.</summary>
    /// <param name="name">One of <see cref="All"/>.</param>
    /// <exception cref="KeyNotFoundException">There is no such name.</exception>
    public static WeightInitialization Parse(string name) => Names.Parse(name);

    /// <summary>The name of a way to draw the first weights.</summary>
    /// <param name="initialization">The way.</param>
    public static string Of(WeightInitialization initialization) => Names.Of(initialization);
}
