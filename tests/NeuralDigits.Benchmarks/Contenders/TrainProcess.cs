using System.Globalization;
using CliWrap;

namespace NeuralDigits.Benchmarks;

/// <summary>
/// <c>neuraldigits train</c> with its defaults, from the start of the process to its end: it reads the files, trains 30 epochs, evaluates
/// after each of them and at the end, and saves the model.
/// </summary>
internal sealed class TrainProcess(string data) : IContender
{
    private static readonly string Tool = Path.Combine(AppContext.BaseDirectory, "NeuralDigits.Cli.dll");

    public IReadOnlyList<int> ThreadCounts { get; } = [1, 2];

    public Task<string?> WhyMissingAsync(CancellationToken cancellation) => Task.FromResult<string?>(null);

    public async Task<double> MeasureAsync(int threads, int round, CancellationToken cancellation)
    {
        string output = Directory.CreateTempSubdirectory("neuraldigits-benchmark-").FullName;
        try
        {
            CommandResult result = await CliWrap.Cli.Wrap("dotnet")
                .WithArguments([
                    Tool, "train", "--data", data, "--output", output,
                    "--seed", round.ToString(CultureInfo.InvariantCulture), "--threads", threads.ToString(CultureInfo.InvariantCulture)])
                .ExecuteAsync(cancellation);
            return result.RunTime.TotalSeconds;
        }
        finally
        {
            Directory.Delete(output, recursive: true);
        }
    }
}
