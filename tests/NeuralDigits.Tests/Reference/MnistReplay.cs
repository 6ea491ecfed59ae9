using System.Buffers.Binary;
using System.Text.Json;

namespace NeuralDigits.Tests;

/// <summary>
/// The ancestor's training of [784, 60, 10] on MNIST, recorded in float64 with NumPy: first parameters, the order of
/// the examples in five epochs, and what came out. Too large for the repository; it lies in the folder
/// <c>reference</c> beside the folder <c>data</c> that holds MNIST.
/// </summary>
internal static class MnistReplay
{
    public const int MiniBatchSize = 10;
    public const float LearningRate = 3;

    public static readonly IReadOnlyList<int> Sizes = [784, 60, 10];

    private static string Folder => Path.GetFullPath(Path.Combine(MnistFactAttribute.Folder, "..", "..", "reference"));

    public static bool IsThere => Directory.Exists(Folder);

    public static Network InitialNetwork() => Parameters.ToNetwork(Sizes, ReadFloats("mnist-replay-initial-f32le.bin"));

    public static float[] ParametersAfter100MiniBatches() => ReadFloats("mnist-replay-after-100-batches-f32le.bin");

    /// <summary>One permutation of 0 to 49,999 for each of five epochs.</summary>
    public static int[][] Orders()
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(Folder, "mnist-replay-order-u16le.bin"));
        return [.. Enumerable.Range(0, bytes.Length / 2)
            .Select(i => (int)BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(2 * i)))
            .Chunk(50_000)];
    }

    /// <summary>On the 10,000 test images, after each of five epochs.</summary>
    public static IReadOnlyList<Outcome> Trajectory()
    {
        byte[] json = File.ReadAllBytes(Path.Combine(Folder, "mnist-replay-trajectory.json"));
        return JsonSerializer.Deserialize<TrajectoryFile>(json, JsonSerializerOptions.Web)!.AfterEpoch;
    }

    private static float[] ReadFloats(string name)
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(Folder, name));
        return [.. Enumerable.Range(0, bytes.Length / 4).Select(i => BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(4 * i)))];
    }

    internal sealed record Outcome(int Correct, double Cost);

    private sealed record TrajectoryFile(Outcome[] AfterEpoch);
}

/// <summary>A test that needs the recorded training; reported as skipped where it is not beside the data.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MnistReplayFactAttribute : FactAttribute
{
    public MnistReplayFactAttribute()
    {
        Skip = new MnistFactAttribute().Skip ?? (MnistReplay.IsThere ? null : "The folder 'reference' with the recorded training is not beside the data.");
    }
}
