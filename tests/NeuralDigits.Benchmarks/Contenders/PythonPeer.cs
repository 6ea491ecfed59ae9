using System.ComponentModel;
using System.Globalization;
using System.Runtime.Intrinsics.X86;
using System.Text.Json;
using CliWrap;
using CliWrap.Buffered;

namespace NeuralDigits.Benchmarks;

/// <summary>A script in <c>peers/</c>, in a process of its own, that prints a line of JSON for each epoch that it timed.</summary>
/// <param name="python">The interpreter.</param>
/// <param name="script">The script's name.</param>
/// <param name="install">The command that installs what the script imports.</param>
/// <param name="leastCorrect">How many test images it must read rightly at the end: with fewer it did not do the work.</param>
/// <param name="arguments">What the script is given besides the number of threads.</param>
internal sealed class PythonPeer(
    string python, string script, string install, int leastCorrect, IReadOnlyList<string> arguments) : IContender
{
    // What OpenBLAS says of its kernels where it does not know the processor: those of the oldest one with 64 bits.
    private const string OldestKernels = "(Prescott)";

    private BufferedCommandResult? _about;
    private string? _kernels;

    public IReadOnlyList<int> ThreadCounts { get; } = [1, 2];

    /// <summary>The libraries that the script runs on, with their versions; known once <see cref="WhyMissingAsync"/> has run.</summary>
    public string? Versions => _about?.ExitCode == 0 ? _about.StandardOutput.Trim() : null;

    private static string? BestKernels => Avx512BW.IsSupported ? "SkylakeX" : Avx2.IsSupported && Fma.IsSupported ? "Haswell" : null;

    private bool HasOldestKernels => _about?.StandardOutput.Contains(OldestKernels, StringComparison.Ordinal) == true;

    public async Task<string?> WhyMissingAsync(CancellationToken cancellation)
    {
        try
        {
            _about = await Command(1, ["--about"]).ExecuteBufferedAsync(cancellation);
            if (HasOldestKernels && BestKernels is not null)
            {
                _kernels = BestKernels;
                _about = await Command(1, ["--about"]).ExecuteBufferedAsync(cancellation);
                if (HasOldestKernels)
                    return $"its OpenBLAS has no kernels for this processor, and does not take {_kernels}";
            }
        }
        catch (Win32Exception exception)
        {
            return $"{python} does not start ({exception.Message}); {install}";
        }

        return _about.ExitCode == 0 ? null : $"{LastLine(_about.StandardError)}; {install}";
    }

    public async Task<double> MeasureAsync(int threads, int round, CancellationToken cancellation)
    {
        string count = threads.ToString(CultureInfo.InvariantCulture);
        BufferedCommandResult result = await Command(threads, [.. arguments, "--threads", count]).ExecuteBufferedAsync(cancellation);
        if (result.ExitCode != 0)
            throw new InvalidOperationException($"{script} failed: {LastLine(result.StandardError)}");
        Epoch[] epochs = [.. result.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<Epoch>(line, JsonSerializerOptions.Web)!)];
        if (epochs.Length == 0 || epochs[^1].Correct < leastCorrect)
            throw new InvalidOperationException($"{script} learned nothing: {result.StandardOutput}");
        return epochs.Select(epoch => epoch.Seconds).Median();
    }

    // What the user's own environment says of kernels may be for another build: this one chooses by itself, unless it does not know the
    // processor.
    private Command Command(int threads, IReadOnlyList<string> scriptArguments)
    {
        string count = threads.ToString(CultureInfo.InvariantCulture);
        return CliWrap.Cli.Wrap(python)
            .WithArguments([Path.Combine(AppContext.BaseDirectory, "peers", script), .. scriptArguments])
            .WithEnvironmentVariables(variables => variables
                .Set("OPENBLAS_CORETYPE", _kernels)
                .Set("OPENBLAS_L2_SIZE", null)
                .Set("OPENBLAS_NUM_THREADS", count)
                .Set("OMP_NUM_THREADS", count)
                .Set("PYTHONDONTWRITEBYTECODE", "1"))
            .WithValidation(CommandResultValidation.None);
    }

    private static string LastLine(string text) => text.Trim().Split('\n')[^1];

    private sealed record Epoch(double Seconds, int Correct);
}
