using System.CommandLine;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace NeuralDigits.Benchmarks;

/// <summary><c>kernels</c>: the parts of training, scoring and loading, each by itself, measured by BenchmarkDotNet.</summary>
internal static class KernelsCommand
{
    private static readonly string ReportFolder = Path.Combine("artifacts", "benchmarks");

    public static Command Create()
    {
        Option<string?> data = CommonOptions.Data();
        var filter = new Option<string>("--filter")
        {
            Description = "Benchmarks to run, as BenchmarkDotNet takes it: *Scoring* or *Kernel*Sparse*.",
            HelpName = "GLOB",
            DefaultValueFactory = _ => "*",
        };
        var command = new Command("kernels", $"Measures the inner loops, epochs, scoring and loading; reports in {ReportFolder}.") { data, filter };
        command.SetAction(parsed =>
        {
            if (parsed.Folder(data) is not { } folder)
                return 2;
            Environment.SetEnvironmentVariable(DataSetLocator.EnvironmentVariable, folder);
            var summaries = BenchmarkSwitcher.FromAssembly(typeof(KernelsCommand).Assembly).Run(["--filter", parsed.GetValue(filter)!], Config());
            return summaries.Any() && summaries.All(summary => summary.Reports.All(report => report.Success)) ? 0 : 1;
        });
        return command;
    }

    // In this process: it is built as it is to be measured, and another build would need another minute.
    private static ManualConfig Config() => ManualConfig.Create(DefaultConfig.Instance)
        .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(3).WithIterationCount(10))
        .AddDiagnoser(MemoryDiagnoser.Default)
        .WithOption(ConfigOptions.JoinSummary, true)
        .WithArtifactsPath(Path.GetFullPath(ReportFolder));
}
