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
        ["images"] = "3cb1b9643c99edab1c482f22b640c5ff1b55eca61791ca51d960e029da2b905c",
        ["sparse"] = "9065fbc28fa9825b7daf3bdfd78b17c0e93b671cb35e0d90416f8b7d4fb149ef",
        ["dense"] = "3fa21d4dae18839f8160b039c0f1edf70a0781a113e530fdad599ae096dca782",
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
