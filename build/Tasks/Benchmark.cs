namespace NeuralDigits.Pipeline;

[TaskName(nameof(Benchmark))]
[TaskDescription("Measures, and prints a table: --benchmark trainers compares with the trainers of ML.NET.")]
[IsDependentOn(typeof(Build))]
public sealed class Benchmark : FrostingTask<BuildContext>
{
    private const string BenchmarkArgument = "benchmark";

    public override void Run(BuildContext context)
    {
        OrderedDictionary<string, string> options = context.OptionsOf(nameof(Benchmark));
        options.Remove(BenchmarkArgument);
        context.RunBenchmarks(context.Given(BenchmarkArgument) ?? "trainers", options);
    }
}
