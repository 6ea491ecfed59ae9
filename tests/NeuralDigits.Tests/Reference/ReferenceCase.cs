using System.Text.Json;

namespace NeuralDigits.Tests;

/// <summary>
/// One training of a small network, replayed number by number. Computed in float64 with NumPy from the equations of
/// Nielsen's book: initial parameters, the order of the samples, and what comes out after each epoch.
/// </summary>
internal sealed record ReferenceCase(
    int[] Sizes,
    int Epochs,
    int MiniBatchSize,
    double Eta,
    double[][] Inputs,
    int[] Labels,
    double[][][] InitialWeights,
    double[][] InitialBiases,
    double[] OutputOfSample0,
    ReferenceParameters GradientOfSample0,
    int[][] SampleOrder,
    ReferenceEpoch[] AfterEpoch)
{
    private static readonly Lazy<ReferenceCase[]> Cases = new(Read);

    public static IEnumerable<object[]> Numbers => Enumerable.Range(0, Cases.Value.Length).Select(number => new object[] { number });

    public static ReferenceCase Get(int number) => Cases.Value[number];

    public IEnumerable<int[]> MiniBatches(int epoch) => SampleOrder[epoch].Chunk(MiniBatchSize);

    private static ReferenceCase[] Read()
    {
        string json = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Reference", "reference-cases.json"));
        return JsonSerializer.Deserialize<CaseFile>(json, JsonSerializerOptions.Web)!.Cases;
    }

    private sealed record CaseFile(ReferenceCase[] Cases);
}

internal sealed record ReferenceParameters(double[][][] Weights, double[][] Biases);

internal sealed record ReferenceEpoch(double[][][] Weights, double[][] Biases, int Correct, double Cost);
