using System.Reflection;
using System.Runtime.InteropServices;

namespace NeuralDigits.Benchmarks;

/// <summary>What figures were measured on.</summary>
internal static class Machine
{
    private const string ProcessorInfo = "/proc/cpuinfo";

    /// <summary>The processor, its cores and vectors, the runtime and the system.</summary>
    public static string Description =>
        $"{Processor()}, {Environment.ProcessorCount} cores, vectors of {LayerKernels.Best.VectorLength} floats, " +
        $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}";

    /// <summary>The assemblies that types come from, with their versions.</summary>
    public static string VersionsOf(params Type[] types) => string.Join(", ", types.Select(type =>
    {
        string version = type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        return $"{type.Assembly.GetName().Name} {version.Split('+')[0]}";
    }));

    private static string Processor()
    {
        string? line = File.Exists(ProcessorInfo)
            ? File.ReadLines(ProcessorInfo).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line is null ? RuntimeInformation.ProcessArchitecture.ToString() : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }
}
