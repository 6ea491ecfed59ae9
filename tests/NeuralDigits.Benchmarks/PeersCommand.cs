using System.CommandLine;
using Microsoft.ML;
using Microsoft.ML.OnnxRuntime;

namespace NeuralDigits.Benchmarks;

/// <summary><c>peers</c>: this project and others on the same work, in turn.</summary>
internal sealed class PeersCommand
{
    private const string DebiansPython = "/usr/bin/python3";
    private const string ResultFile = "peers.md";

    private readonly Option<string?> _data = CommonOptions.Data();
    private readonly Option<int> _rounds = CommonOptions.Runs(
        "How often each comparison is measured, all of them in turn; the median counts.", "--rounds");

    private readonly Option<string> _python = new("--python")
    {
        Description = "The Python that has NumPy and PyTorch.",
        HelpName = "FILE",
        DefaultValueFactory = _ => File.Exists(DebiansPython) ? DebiansPython : "python3",
    };

    private readonly Option<string> _results = new("--results")
    {
        Description = $"The folder for {ResultFile}.",
        HelpName = "FOLDER",
        DefaultValueFactory = _ => Path.Combine("tests", "NeuralDigits.Benchmarks", "results"),
    };

    private readonly Option<string?> _only = new("--only")
    {
        Description = $"Measures only the rows with this text in their names, and leaves {ResultFile} as it is.",
        HelpName = "TEXT",
    };

    public static Command Create()
    {
        var options = new PeersCommand();
        var command = new Command("peers", "Compares with NumPy, PyTorch, ONNX Runtime and LbfgsMaximumEntropy, side by side.")
        {
            options._data, options._rounds, options._python, options._results, options._only,
        };
        command.SetAction(options.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        if (parsed.Folder(_data) is not { } folder)
            return 2;

        string only = parsed.GetValue(_only) ?? "";
        Comparison[] comparisons = [.. Comparisons.All(folder, parsed.GetValue(_python)!)
            .Where(comparison => comparison.What.Contains(only, StringComparison.OrdinalIgnoreCase))];
        Quietness quietness = await Quietness.MeasureAsync(cancellation);
        Console.Error.WriteLine(quietness);

        int rounds = parsed.GetValue(_rounds);
        var run = new SideBySideRun(Console.Error);
        IReadOnlyList<ComparisonResult> results = await run.MeasureAsync(comparisons, rounds, cancellation);
        if (results.Count == 0)
        {
            Console.Error.WriteLine("error: there is nothing to measure.");
            return 2;
        }

        var report = new PeersReport(results, run.Skipped, [.. Versions(comparisons)], quietness, Repeat(rounds), TimeProvider.System.GetLocalNow());
        Console.Out.Write(report);
        if (only.Length == 0)
            await SaveAsync(parsed.GetValue(_results)!, report, cancellation);
        return 0;
    }

    private static async Task SaveAsync(string folder, PeersReport report, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, ResultFile), report.ToString(), cancellation);
    }

    private static IEnumerable<string> Versions(IEnumerable<Comparison> comparisons) =>
        comparisons.Select(comparison => (comparison.Peer as PythonPeer)?.Versions).OfType<string>().Distinct()
            .Prepend(Machine.VersionsOf(typeof(Network), typeof(MLContext), typeof(InferenceSession)));

    private static string Repeat(int rounds) =>
        FormattableString.Invariant($"./build.sh --target Benchmark --benchmark peers --runs {rounds} --data FOLDER");
}
