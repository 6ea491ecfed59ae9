using System.Globalization;

namespace NeuralDigits.Benchmarks;

/// <summary>What the benchmarks work on.</summary>
internal static class BenchmarkData
{
    private const ulong Seed = 1;

    /// <summary>The folder that the environment variable names: BenchmarkDotNet makes the benchmarks, and hands nothing in.</summary>
    public static string Folder =>
        Environment.GetEnvironmentVariable(DataSetLocator.EnvironmentVariable)
        ?? throw new InvalidOperationException($"{DataSetLocator.EnvironmentVariable} is not set.");

    /// <summary>The data set in the folder.</summary>
    public static DataSet Load() => DataSet.Load(Folder);

    /// <summary>A network with first weights.</summary>
    public static Network NewNetwork(params int[] sizes) => NetworkInitializer.Create(
        sizes, WeightInitialization.Scaled, new RandomGenerator(Seed, (ulong)RandomPurpose.Initialization));

    /// <summary>The network as a model of digits.</summary>
    public static Model ModelOf(Network network) => new(
        network,
        [.. Enumerable.Range(0, network.OutputCount).Select(label => label.ToString(CultureInfo.InvariantCulture))],
        Model.PixelScaling);
}
