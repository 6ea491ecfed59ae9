namespace NeuralDigits;

/// <summary>What made a data set that is in no file; the same generator with the same seed makes it again.</summary>
public sealed record DataGenerator
{
    /// <summary>The generator's name, such as <see cref="SyntheticDigits.Name"/>.</summary>
    public required string Name { get; init; }

    /// <summary>The version of the generator: another one makes other images of a seed.</summary>
    public required int Version { get; init; }

    /// <summary>The seed.</summary>
    public required int Seed { get; init; }
}
