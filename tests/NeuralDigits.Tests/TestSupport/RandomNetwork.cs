using CsCheck;

namespace NeuralDigits.Tests;

/// <summary>Networks of random shape with the parameters that training would start from.</summary>
internal static class RandomNetwork
{
    /// <summary>
    /// From [1, 1] to [20, 40, 40, 20]: narrower than, as wide as and wider than a vector; in panels as wide as this machine takes them, or
    /// in several, of which the last may be narrower.
    /// </summary>
    public static readonly Gen<Network> Gen =
        from inputs in CsCheck.Gen.Int[1, 20]
        from hidden in CsCheck.Gen.Int[1, 40].Array[0, 2]
        from outputs in CsCheck.Gen.Int[1, 20]
        from panelWidth in CsCheck.Gen.Int[0, 2].Select(choice => choice switch { 0 => 16, 1 => 32, _ => Layer.WidestPanel })
        from seed in CsCheck.Gen.ULong
        select NetworkInitializer.Create([inputs, .. hidden, outputs], WeightInitialization.Scaled, new RandomGenerator(seed, 0))
            .Clone(_ => panelWidth);

    public static ReferenceNetwork ToReference(Network network) => new(
        [.. network.Layers.Select(layer => Enumerable.Range(0, layer.OutputCount)
            .Select(j => Enumerable.Range(0, layer.InputCount).Select(k => (double)layer.Weight(j, k)).ToArray()).ToArray())],
        [.. network.Layers.Select(layer => Enumerable.Range(0, layer.OutputCount).Select(j => (double)layer.Bias(j)).ToArray())]);
}
