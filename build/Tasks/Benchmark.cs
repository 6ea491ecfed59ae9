namespace NeuralDigits.Pipeline;

[TaskName(nameof(Benchmark))]
[TaskDescription("Measures, and prints tables: --benchmark trainers, peers or kernels; without it the first two.")]
[IsDependentOn(typeof(Build))]
public sealed class Benchmark : FrostingTask<BuildContext>
{
    private const string BenchmarkArgument = "benchmark";

    // The kernels take several minutes, and their figures are for who works on them.
    private static readonly string[] ComparisonVerbs = ["trainers", "peers"];

    public override void Run(BuildContext context)
    {
        OrderedDictionary<string, string> options = context.OptionsOf(nameof(Benchmark));
        options.Remove(BenchmarkArgument);
        foreach (string verb in context.Given(BenchmarkArgument) is { } name ? [name] : ComparisonVerbs)
            context.RunBenchmarks(verb, options);
    }
}
