using System.Globalization;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using CliWrap.Buffered;

namespace NeuralDigits.Tests;

/// <summary>A seed and data give one model: on any machine, with any instruction set and number of threads.</summary>
public class SameBitsTests
{
    private static readonly string Probe = Path.Combine(AppContext.BaseDirectory, "NeuralDigits.Probe.dll");

    private static readonly Dictionary<string, string> Golden = new()
    {
        ["images"] = "be546111581e8e8e5a24c999b4ff1f62143b9651a7c28903c207f4a90f8e7050",
        ["sparse"] = "040fa79eb2b7fb78aad80568aaafe7228e73c839ee3eb061b0a02ce8b7d11091",
        ["wide"] = "3b8c864621246f275dc2638dd4eddb96e1c368e19da3a2b6367e48715800d008",
        ["dense"] = "db6e73384d9279712a944954ca294d6b695cf81effeaa64aedb80c31584ea903",
        ["saturated"] = "b62243e4e3a34e95e76b4fe8a8ee742281a1c0006d7c4cac0d127dcb9e659a07",
        ["shift"] = "7981f9937698ab6c6de5157310e760b7addef3b2a0133e8c00f20d739c11ad20",
        ["affine"] = "d5628c646a033ab07ec85b5cf5425a0191d2fa7c69fbdc95b35632a0aa2efa87",
        ["elastic"] = "40cf98b56e9f0fe09f4cfac8b768e057beb830be4ffa98db3e76a9c188ff76c6",
    };

    public static TheoryData<string, int> Threads => Combine([1, 2, 3, 8]);

    public static TheoryData<string, string> Switches => Combine(["DOTNET_EnableAVX512", "DOTNET_EnableAVX2", "DOTNET_EnableHWIntrinsic"]);

    [Theory]
    [MemberData(nameof(Threads))]
    public void Any_number_of_threads_gives_the_committed_model(string training, int threads) =>
        Assert.Equal(Golden[training], ProbeTraining.Named(training).Sha256OfModel(threads));

    [Theory]
    [MemberData(nameof(Switches))]
    public async Task Without_an_instruction_set_the_model_is_the_same(string training, string variable)
    {
        BufferedCommandResult result = await CliWrap.Cli.Wrap("dotnet")
            .WithArguments([Probe, training, "2"])
            .WithEnvironmentVariables(variables => variables.Set(variable, "0"))
            .ExecuteBufferedAsync();
        string[] output = result.StandardOutput.Split(' ', StringSplitOptions.TrimEntries);
        Assert.Equal(VectorLengthWithout(variable), int.Parse(output[0], CultureInfo.InvariantCulture));
        Assert.Equal(Golden[training], output[1]);
    }

    // What is left of this machine's instruction sets. Elsewhere than on x86 the first two variables change nothing.
    private static int VectorLengthWithout(string variable) => variable switch
    {
        "DOTNET_EnableAVX512" when Avx2.IsSupported => Vector256<float>.Count,
        "DOTNET_EnableAVX2" when X86Base.IsSupported => 1,
        "DOTNET_EnableHWIntrinsic" => 1,
        _ => LayerKernels.Best.VectorLength,
    };

    private static TheoryData<string, T> Combine<T>(T[] others)
    {
        var data = new TheoryData<string, T>();
        foreach (ProbeTraining training in ProbeTraining.All)
        {
            foreach (T other in others)
                data.Add(training.Name, other);
        }

        return data;
    }
}
